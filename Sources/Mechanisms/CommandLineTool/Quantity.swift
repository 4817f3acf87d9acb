/// Amounts as people read them: three digits and a unit.
public enum Quantity {
  /// Bytes in decimal units: `987 B`, `1.23 GB`.
  public static func bytes(_ count: Int64) -> String {
    scaled(count, units: [" B", " kB", " MB", " GB", " TB", " PB", " EB"])
  }

  /// A count in decimal units: `987`, `412 k`, `1.2 M`.
  public static func count(_ count: Int64) -> String {
    scaled(count, units: ["", " k", " M", " G", " T", " P", " E"])
  }

  private static func scaled(_ count: Int64, units: [String]) -> String {
    guard count >= 1000 else { return "\(count)\(units[0])" }
    var whole = count
    var thousandths: Int64 = 0
    var unit = 0
    while whole >= 1000, unit < units.count - 1 {
      thousandths = whole % 1000
      whole /= 1000
      unit += 1
    }
    // Cut, not rounded: 999.9 kB must not read as 1000 kB, nor a file as done before it is.
    let digits = whole >= 100 ? 0 : whole >= 10 ? 1 : 2
    guard digits > 0 else { return "\(whole)\(units[unit])" }
    let fraction = String(String(thousandths + 1000).dropFirst().prefix(digits))
    return "\(whole).\(fraction)\(units[unit])"
  }
}
