/// An authority and a certificate for `localhost`, made on the spot.
enum Certificates {
  /// Writes `ca.pem` for clients and `server.pem`, key and chain, for a server.
  static func make(in folder: TemporaryFolder) throws {
    let request = [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-days", "30",
    ]
    try Tool.run(
      "openssl",
      request + [
        "-subj", "/CN=Test authority", "-keyout", folder.path("ca.key"),
        "-out", folder.path("ca.pem"),
      ])
    try Tool.run(
      "openssl",
      request + [
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-addext", "basicConstraints=CA:FALSE",
        "-CA", folder.path("ca.pem"), "-CAkey", folder.path("ca.key"),
        "-keyout", folder.path("server.key"), "-out", folder.path("server.crt"),
      ])
    let chain = try ["server.key", "server.crt", "ca.pem"].map { try folder.read($0) }
    try folder.write(chain.joined(), to: "server.pem")
  }
}
