import Foundation
import Testing
import ZoshKit

@testable import ZohoClient

@Suite struct `Compressed replies` {
    /// `{"users":[{"id":"1","full_name":"Ada"}],"info":{"more_records":false}}`, by gzip.
    private static let user = [UInt8](
        Data(
            base64Encoded: "H4sIAAAAAAACA6tWKi1OLSpWsoquVspMUbJSMlTSUUorzcmJz0vMTQXyHVMSlWpjdZQy89LylayqlXLz"
                + "i1Lji1KT84tSgLrSEnOKU2trAYgfggBGAAAA")!)

    private static func reply(_ body: [UInt8]) -> [UInt8] {
        let head = ["HTTP/1.1 200 OK", "Content-Type: application/json", "Content-Encoding: gzip", "Connection: close"]
        return Array((head + ["Content-Length: \(body.count)"]).joined(separator: "\r\n").utf8) + "\r\n\r\n".utf8
            + body
    }

    @Test func `are asked for and read`() async throws {
        let scripted = Scripted(try LoopbackServer([Self.reply(Self.user)]))
        #expect(try await scripted.service.currentUser().string("full_name") == "Ada")
        #expect(scripted.server.requests.first?.lowercased().contains("\r\naccept-encoding: gzip\r\n") == true)
        await scripted.close()
    }

    @Test func `are not asked for where a token comes`() async throws {
        let scripted = Scripted(try LoopbackServer(LoopbackServer.reply(200, "{}")))
        let target = "/oauth/v2/token"
        _ = try await scripted.transport.send(
            HTTPCall(method: .post, origin: scripted.server.origin, target: target, body: []))
        #expect(scripted.server.requests.first?.lowercased().contains("\r\naccept-encoding: identity\r\n") == true)
        await scripted.close()
    }

    @Test func `that are damaged or cut short are read again`() async throws {
        var damaged = Self.user
        damaged[30] ^= 0xFF
        let cut = Array(Self.user.dropLast(20))
        let scripted = Scripted(
            try LoopbackServer([Self.reply(damaged), Self.reply(cut), Self.reply(Self.user)]))
        #expect(try await scripted.service.currentUser().string("full_name") == "Ada")
        #expect(scripted.server.requests.count == 3)
        await scripted.close()
    }

    @Test func `may not grow past what a reply may have`() async throws {
        let scripted = Scripted(try LoopbackServer([Self.reply(Self.bomb(of: 65 << 20))]))
        let error = await zoshError { _ = try await scripted.service.currentUser() }
        #expect(error?.problem.hasSuffix("the reply is larger than 64 MB") == true, "\(error?.problem ?? "")")
        #expect(scripted.server.requests.count == 1)
        await scripted.close()
    }

    /// So many blanks in a few hundred kilobytes: one blank, and then "258 more of the last byte" over and over.
    private static func bomb(of size: Int) -> [UInt8] {
        var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        var (byte, filled) = (UInt8(0), 0)
        func put(_ bits: String) {
            for bit in bits.utf8 {
                byte |= (bit == UInt8(ascii: "1") ? 1 : 0) << filled
                filled += 1
                if filled == 8 {
                    bytes.append(byte)
                    (byte, filled) = (0, 0)
                }
            }
        }
        put("010")
        put("01010000")
        for _ in 0..<size / 258 + 1 { put("1100010100000") }
        put("0000000")
        return bytes + [byte]
    }
}
