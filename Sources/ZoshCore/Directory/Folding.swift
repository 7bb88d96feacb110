internal import ZoshKit

/// Text as the search compares it: lower case, without accents, as bytes.
///
/// One value folds many texts and remembers what it has worked out: a directory holds the same letters over and over.
struct Folding {
    /// What scalars outside ASCII become, and where in it; nothing stands at 0.
    private var known: [Folded] = [Folded()]
    private var places: [UInt16] = []
    /// The bytes of all of them.
    private var parts: [UInt8] = []
    /// Beyond the basic plane.
    private var distant: [Unicode.Scalar: Folded] = [:]

    private struct Folded {
        var place = 0..<0
        /// The combining classes of the first and the last scalar of what is left.
        var first: UInt8 = 0
        var last: UInt8 = 0
    }

    /// Appends the folded bytes of `text`; line feeds become spaces, since they divide fields.
    mutating func append(_ text: String, to bytes: inout [UInt8]) {
        guard !Self.appendPlain(text, to: &bytes) else { return }
        let start = bytes.count
        var last: UInt8 = 0
        for scalar in text.unicodeScalars {
            guard !scalar.isASCII else {
                bytes.append(Self.folded(UInt8(scalar.value)))
                last = 0
                continue
            }
            let folded = folded(scalar)
            // Marks are ordered by class: these would change places.
            if folded.first != 0, folded.first < last {
                bytes.removeSubrange(start...)
                return Self.append(whole: text, to: &bytes)
            }
            guard !folded.place.isEmpty else { continue }
            for index in folded.place { bytes.append(parts[index]) }
            last = folded.last
        }
    }

    /// One text, for which nothing needs to be remembered.
    static func bytes(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        if !appendPlain(text, to: &bytes) { append(whole: text, to: &bytes) }
        return bytes
    }

    /// Appends a text of ASCII alone; false when it is another.
    @inline(__always)
    private static func appendPlain(_ text: String, to bytes: inout [UInt8]) -> Bool {
        var text = text
        let start = bytes.count
        let isPlain = text.withUTF8 { utf8 in
            guard utf8.allSatisfy({ $0 < 0x80 }) else { return false }
            bytes.append(contentsOf: utf8)
            return true
        }
        if isPlain {
            bytes.withUnsafeMutableBufferPointer { for index in start..<$0.count { $0[index] = folded($0[index]) } }
        }
        return isPlain
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte == 0x0A ? 0x20 : byte
    }

    private mutating func folded(_ scalar: Unicode.Scalar) -> Folded {
        guard scalar.value < 0x10000 else {
            if let known = distant[scalar] { return known }
            let folded = remembered(scalar)
            distant[scalar] = folded
            return folded
        }
        if places.isEmpty { places = Array(repeating: 0, count: 0x10000) }
        let place = Int(places[Int(scalar.value)])
        guard place == 0 else { return known[place] }
        let folded = remembered(scalar)
        places[Int(scalar.value)] = UInt16(known.count)
        known.append(folded)
        return folded
    }

    private mutating func remembered(_ scalar: Unicode.Scalar) -> Folded {
        let start = parts.count
        Self.append(whole: String(scalar), to: &parts)
        let left = String(decoding: parts[start...], as: UTF8.self).unicodeScalars
        func order(_ scalar: Unicode.Scalar?) -> UInt8 { scalar?.properties.canonicalCombiningClass.rawValue ?? 0 }
        return Folded(place: start..<parts.count, first: order(left.first), last: order(left.last))
    }

    /// The same by the whole text, which may order marks again.
    private static func append(whole text: String, to bytes: inout [UInt8]) {
        for byte in text.foldedForSearch.utf8 { bytes.append(byte == 0x0A ? 0x20 : byte) }
    }
}
