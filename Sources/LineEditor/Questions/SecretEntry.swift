/// The keys typed for a secret, applied to memory the caller owns and wipes.
struct SecretEntry {
    enum Step {
        case more, done, cancelled, ended, full
    }

    private let space: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(space: UnsafeMutableRawBufferPointer) {
        self.space = space
    }

    mutating func take(_ byte: UInt8) -> Step {
        switch byte {
        case 0x0A, 0x0D: return .done
        case 0x03, 0x1C: return .cancelled
        case 0x04: return count == 0 ? .ended : .done
        case 0x15:
            while count > 0 { erase() }
        case 0x08, 0x7F:
            // A whole UTF-8 sequence: its continuation bytes, then its first.
            while count > 1, space[count - 1] & 0xC0 == 0x80 { erase() }
            if count > 0 { erase() }
        default:
            guard count < space.count else { return .full }
            space[count] = byte
            count += 1
        }
        return .more
    }

    private mutating func erase() {
        count -= 1
        space[count] = 0
    }
}
