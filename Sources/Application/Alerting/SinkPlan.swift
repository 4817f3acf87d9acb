/// A sink before it is made: its name, which is that of its cursor, what it is told, and how to
/// make it on the thread that will use it.
public struct SinkPlan: Sendable {
  /// The name of the sink; another name is another sink and begins anew.
  public var name: String
  /// What is delivered.
  public var filter: DeliveryFilter
  /// Makes the sink.
  public var make: @Sendable () throws -> any AlertSink

  /// A sink to be made.
  public init(
    name: String, filter: DeliveryFilter = DeliveryFilter(),
    make: @escaping @Sendable () throws -> any AlertSink
  ) {
    self.name = name
    self.filter = filter
    self.make = make
  }

  /// NDJSON on standard output.
  public static func standardOutput(filter: DeliveryFilter = DeliveryFilter()) -> SinkPlan {
    SinkPlan(name: "stdout", filter: filter) { StandardOutputSink() }
  }

  /// NDJSON in a file.
  public static func file(_ path: String, filter: DeliveryFilter = DeliveryFilter()) -> SinkPlan {
    SinkPlan(name: "file:\(path)", filter: filter) { FileSink(path: path) }
  }
}
