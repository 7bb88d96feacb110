internal import Foundation
internal import Testing
internal import ZoshTrust

@testable internal import Vault

/// Known answers for the format, computed by other code (Python's hashlib, hmac
/// and cryptography) from docs/SECURITY.md. A change that breaks one of these
/// makes every existing store unreadable.
@Suite struct VectorTests {
    private let key = DataKey(secret: Secret(0..<32), epoch: 3)
    private let store = RecordID(bytes: 16..<32)!
    private let record = RecordID(bytes: 32..<48)!
    private let slot = RecordID(bytes: 80..<96)!
    private let sealed = Self.bytes(
        "01303132333435363738393a3b3c3d3e3f404142434445464748494a4b"
            + "3fc5a5db5565a6d0857e9480c49ff35e609fcbe44b251d99a2d87a5b")

    @Test func `a sealed record opens`() throws {
        let seal = RecordSeal(key: key, store: store)
        let body = try seal.openSecret(Data(sealed), as: .init(kind: .grant, id: record, generation: 7))
        #expect(body.text == "1000.refresh")
    }

    @Test func `a key file's slot opens`() throws {
        let slot = KeySlot(
            id: slot, kind: .keyFile, scrypt: nil, salt: Array(96..<128),
            wrapped: Self.bytes(
                "404142434445464748494a4bb9c3d8731051672b672cecd8b8ec9385b2c28342d58a7006"
                    + "f8c18ec531d2dcbc9e3264238072cdfc9e0f1a61580543cc"))
        let fileKey = SlotKey(kind: .keyFile, secret: Secret(repeatElement(0xAB, count: 32)))
        let opened = try #require(try slot.unwrap(with: fileKey, store: store, epoch: 3))
        #expect(opened.secret.matches(0..<32))
        #expect(try slot.unwrap(with: fileKey, store: store, epoch: 2) == nil ? true : false, "another epoch")
        #expect(try slot.unwrap(with: fileKey, store: record, epoch: 3) == nil ? true : false, "another store")
    }

    @Test func `a passphrase's slot opens`() throws {
        let slot = KeySlot(
            id: slot, kind: .passphrase, scrypt: .least, salt: Array(96..<128),
            wrapped: Self.bytes(
                "404142434445464748494a4b14f9a5924bccaf9e58575a954b72d97a65644157943f5988"
                    + "3ad0da7c346172c5986f84b6cd073dd4d6c1a50ef6e25df5"))
        let passphrase = SlotKey(kind: .passphrase, secret: Secret(copying: "correct horse"))
        let opened = try #require(try slot.unwrap(with: passphrase, store: store, epoch: 3))
        #expect(opened.secret.matches(0..<32))
    }

    @Test func `the link of a log's entry is the one expected`() {
        let link = LogChain(key: key, store: store).link(
            after: LogChain.start, stream: store, position: 5,
            identity: .init(kind: .history, id: record, generation: 7), sealed: Data(sealed))
        #expect(Hexadecimal.encode(link) == "de1f41f7f8286786100fdef491f6a5960d6a7fd57392244edb8f6402e9d2316d")
    }

    @Test func `the digest of a block set is the one expected`() {
        var digest = BlockDigest()
        digest.add(id: record, sealed: Data(sealed))
        #expect(
            Hexadecimal.encode(digest.finish()) == "97eb5c01d8582187702075f68c8e29c6482f5fa9c8bf34f8b2c8930a4900e32c")
    }

    @Test func `a piece of a job opens at its number and part, and links as expected`() throws {
        let entries = Self.bytes("00000005666972737400000000000000057468697264")
        let piece = Data(
            Self.bytes(
                "01303132333435363738393a3b3c3d3e3f404142434445464748494a4b"
                    + "cf4972287873e8bee586681c358582e8020f9c707248297569c8c90302ece8757371fbe18635"))
        let body = try RecordSeal(key: key, store: store).open(
            piece, as: .init(kind: .job, id: RecordID(number: 258, part: 1), generation: 7))
        #expect([UInt8](body) == entries)
        let link = PieceChain.link(after: PieceChain.start, entries)
        #expect(Hexadecimal.encode(link) == "5ce1017ce541cef95a0ca757584aa2eed20190ef9d8cc9328fc705692db04590")
    }

    @Test func `the state of a series and the tag of a finished job are the ones expected`() throws {
        let link = "5ce1017ce541cef95a0ca757584aa2eed20190ef9d8cc9328fc705692db04590"
        let tag = "653af960f877bada763edde80d0229427292aa08dafd4836bcde5e1662101793"
        func number(_ digits: String) -> String {
            "00000008" + String(repeating: "0", count: 16 - digits.count) + digits
        }
        let body = Self.bytes(
            number("102") + number("104") + number("1f4")
                + "00000020404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f" + "00000020" + tag
                + number("3") + number("1") + number("0") + "00000020" + String(repeating: "0", count: 64) + "00000000"
                + number("103") + number("0") + number("2") + "00000020" + link + "00000004" + "6f70656e")
        let state = try SeriesState(Secret(body, locked: false))
        #expect(state.body == body)
        #expect(state.numbers == [3, 258, 259])
        #expect(state.unfinished(259)?.header == Array("open".utf8))
        #expect((state.count, state.finishedCount, state.byteCount) == (3, 2, 500))
        let item = try #require(
            FinishedItem(body: Self.bytes(number("1") + "00000020" + link + "00000004" + "646f6e65")))
        #expect(item.header == Array("done".utf8))
        #expect(Hexadecimal.encode(state.tag(258, item)) == tag)
        for cut in [0, 1, 60, 150, body.count - 1] {
            #expect(throws: VaultError.self) { try SeriesState(Secret(body.prefix(cut), locked: false)) }
        }
    }

    @Test func `fields cannot be confused`() {
        func joined(_ parts: [String]) -> [UInt8] {
            var fields = Fields()
            for part in parts { fields.append(part) }
            return fields.bytes
        }
        #expect(joined(["ab", "c"]) != joined(["a", "bc"]))
        #expect(joined(["ab"]) == [0, 0, 0, 2, 97, 98])
        var number = Fields()
        number.append(Int64(-2))
        #expect(number.bytes == [0, 0, 0, 8, 255, 255, 255, 255, 255, 255, 255, 254])
    }

    private static func bytes(_ digits: String) -> [UInt8] {
        let values = digits.utf8.compactMap(Hexadecimal.value(of:))
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}
