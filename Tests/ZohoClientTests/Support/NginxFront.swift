import Foundation
import Glibc
import ZoshTesting

/// nginx before an emulator: TLS and HTTP/2 of a server that is not ours.
final class NginxFront: Sendable {
    static let path: String? = ["/usr/sbin/nginx", "/usr/bin/nginx"].first { access($0, X_OK) == 0 }

    static let authority = certificates + "/authority.pem"
    private static let certificates =
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Field/files/tls").standardized.path

    let origin: String
    private let folder: URL
    private let process: Process

    /// - Parameter upstream: `http://127.0.0.1:PORT`.
    init(before upstream: String) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "nginx-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let port = try Self.freePort()
        let process = Process()
        process.executableURL = URL(filePath: Self.path ?? "")
        process.arguments = ["-p", folder.path, "-e", "stderr", "-c", "nginx.conf"]
        process.standardError = FileHandle(forWritingAtPath: "/dev/null")
        try Self.configuration(port: port, upstream: upstream)
            .write(to: folder.appending(path: "nginx.conf"), atomically: true, encoding: .utf8)
        try process.run()
        (self.folder, self.process) = (folder, process)
        origin = "https://localhost:\(port)"
        try await Patience.wait { Self.answers(port) || !process.isRunning }
    }

    /// What was asked, in order: the version of HTTP, the method, the number of the connection.
    func requests() throws -> [[String]] {
        try String(contentsOf: folder.appending(path: "access.log"), encoding: .utf8).split(separator: "\n")
            .map { $0.split(separator: " ").map(String.init) }
    }

    func close() {
        // One process and nothing to keep; waiting for it would hold a thread that the emulator needs.
        kill(process.processIdentifier, SIGKILL)
        try? FileManager.default.removeItem(at: folder)
    }

    private static func configuration(port: UInt16, upstream: String) -> String {
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map { "\($0)_temp_path \($0);" }
        return """
            daemon off; master_process off; pid nginx.pid; error_log stderr;
            events {}
            http {
                \(temporary.joined(separator: " "))
                log_format asked '$server_protocol $request_method $connection';
                access_log access.log asked;
                server {
                    listen 127.0.0.1:\(port) ssl http2;
                    ssl_certificate \(certificates)/server.pem;
                    ssl_certificate_key \(certificates)/server-key.pem;
                    location / { proxy_pass \(upstream); proxy_http_version 1.1; }
                }
            }
            """
    }

    private static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { Glibc.close(descriptor) }
        var (address, length) = (loopback(0), socklen_t(MemoryLayout<sockaddr_in>.size))
        let size = length
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(descriptor, raw, size) == 0 && getsockname(descriptor, raw, &length) == 0
            }
        }
        guard isBound else { throw POSIXFailure(code: errno) }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func answers(_ port: UInt16) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { Glibc.close(descriptor) }
        return withUnsafePointer(to: loopback(port)) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return address
    }
}
