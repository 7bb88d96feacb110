internal import Testing

@testable internal import LineEditor

struct SecretEntryTests {
    @Test func `Erased bytes are wiped, not only forgotten`() {
        let space = UnsafeMutableRawBufferPointer.allocate(byteCount: 8, alignment: 1)
        defer { space.deallocate() }
        space.initializeMemory(as: UInt8.self, repeating: 0)
        var entry = SecretEntry(space: space)
        for byte in "aé".utf8 { _ = entry.take(byte) }
        _ = entry.take(0x7F)
        #expect(entry.count == 1)
        #expect(Array(space) == [0x61, 0, 0, 0, 0, 0, 0, 0])
        _ = entry.take(0x15)
        #expect(entry.count == 0)
        #expect(Array(space) == Array(repeating: 0, count: 8))
    }

    @Test(arguments: [(UInt8(0x0D), SecretEntry.Step.done), (0x0A, .done), (0x03, .cancelled), (0x04, .ended)])
    func `Control keys end it`(byte: UInt8, step: SecretEntry.Step) {
        let space = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
        defer { space.deallocate() }
        var entry = SecretEntry(space: space)
        let taken = entry.take(byte)
        #expect(taken == step)
    }
}
