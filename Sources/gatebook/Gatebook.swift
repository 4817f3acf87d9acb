@main
enum Gatebook {
  static func main() {}
}
