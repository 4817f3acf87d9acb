internal import Glibc

/// Which certificate authorities a TLS client trusts.
enum CertificateBundle {
  /// Where distributions keep the authorities of the system, most common first.
  static let systemLocations = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
  ]

  /// The property that names the system's authorities, or holds them together with a further one.
  ///
  /// librdkafka takes one location only, but any number of certificates as text: so a further
  /// authority is joined to the system's instead of replacing them.
  static func properties(
    furtherAuthority file: String?, systemLocations: [String] = systemLocations
  ) throws(KafkaError) -> [Property] {
    let system = systemLocations.first { unsafe access($0, R_OK) == 0 }
    guard let file else { return system.map { [Property("ssl.ca.location", $0)] } ?? [] }
    let further = try certificates(in: file)
    let known = try system.map { path throws(KafkaError) in try contents(of: path) } ?? ""
    return [Property("ssl.ca.pem", known + "\n" + further)]
  }

  private static func certificates(in file: String) throws(KafkaError) -> String {
    let text = try contents(of: file)
    guard text.contains("-----BEGIN CERTIFICATE-----") else {
      throw KafkaError(.configuration, "The file \(file) holds no PEM certificate.")
    }
    return text
  }

  /// A bound far above any bundle, so that a wrong path does not fill the memory.
  private static let byteLimit = 8 << 20

  private static func contents(of path: String) throws(KafkaError) -> String {
    guard let stream = unsafe fopen(path, "re") else {
      throw KafkaError(
        .configuration, "Cannot read the certificates in \(path): \(unsafe text(strerror(errno))).")
    }
    defer { unsafe fclose(stream) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= byteLimit {
      let count = unsafe fread(&chunk, 1, chunk.count, stream)
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    guard bytes.count <= byteLimit, let text = String(validating: bytes, as: UTF8.self) else {
      throw KafkaError(.configuration, "The file \(path) is not a list of PEM certificates.")
    }
    return text
  }
}
