/// Splits a terminal's byte stream into characters, controls and escape sequences.
struct ScreenParser: Sendable {
    enum Token: Equatable {
        case text(Unicode.Scalar)
        case control(UInt8)
        /// ESC followed by this character.
        case escape(String)
        /// A control sequence: private marker (or nil), numbers, final character.
        case sequence(marker: Character?, numbers: [Int?], final: Character, raw: String)
        /// An operating system command, e.g. a window title.
        case operatingSystem(String)
    }

    private enum State {
        case ground, escape, intermediate, sequence, operatingSystem
    }

    private var state = State.ground
    private var collected: [UInt8] = []
    private var text: [UInt8] = []

    mutating func take(_ byte: UInt8) -> Token? {
        switch state {
        case .ground: ground(byte)
        case .escape: escape(byte)
        case .intermediate: finish(.escape(String(decoding: collected + [byte], as: UTF8.self)))
        case .sequence: sequence(byte)
        case .operatingSystem: operatingSystem(byte)
        }
    }

    private mutating func ground(_ byte: UInt8) -> Token? {
        if byte == 0x1B {
            state = .escape
            collected = []
            return nil
        }
        if byte < 0x20 || byte == 0x7F { return .control(byte) }
        if byte & 0xC0 != 0x80 { text = [] }
        text.append(byte)
        let needed = byte < 0x80 ? 1 : text[0] >= 0xF0 ? 4 : text[0] >= 0xE0 ? 3 : 2
        guard text.count == needed else { return nil }
        defer { text = [] }
        return String(decoding: text, as: UTF8.self).unicodeScalars.first.map { .text($0) }
    }

    private mutating func escape(_ byte: UInt8) -> Token? {
        switch byte {
        case UInt8(ascii: "["): state = .sequence
        case UInt8(ascii: "]"): state = .operatingSystem
        case 0x20...0x2F:
            collected = [byte]
            state = .intermediate
        default: return finish(.escape(String(UnicodeScalar(byte))))
        }
        return nil
    }

    private mutating func sequence(_ byte: UInt8) -> Token? {
        guard (0x40...0x7E).contains(byte) else {
            collected.append(byte)
            return nil
        }
        let raw = String(decoding: collected + [byte], as: UTF8.self)
        var parameters = Substring(String(decoding: collected, as: UTF8.self))
        let marker = parameters.first.flatMap { "?><=".contains($0) ? $0 : nil }
        if marker != nil { parameters.removeFirst() }
        let numbers =
            parameters.isEmpty ? [] : parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
        return finish(.sequence(marker: marker, numbers: numbers, final: Character(UnicodeScalar(byte)), raw: raw))
    }

    private mutating func operatingSystem(_ byte: UInt8) -> Token? {
        if byte == 0x07 { return finish(.operatingSystem(String(decoding: collected, as: UTF8.self))) }
        if byte == UInt8(ascii: "\\"), collected.last == 0x1B {
            return finish(.operatingSystem(String(decoding: collected.dropLast(), as: UTF8.self)))
        }
        collected.append(byte)
        return nil
    }

    private mutating func finish(_ token: Token) -> Token {
        state = .ground
        collected = []
        return token
    }
}
