internal import CLibedit

/// Conversions between Swift strings and libedit's `wchar_t`, which is a 32-bit code point on Linux.
enum WideText {
    /// The cells as a string; a cell that is no Unicode scalar is dropped.
    static func string(_ cells: UnsafeBufferPointer<wchar_t>) -> String {
        // Asked at every key, and mostly about ASCII.
        if cells.allSatisfy({ (0..<0x80).contains($0) }) {
            return String(unsafeUninitializedCapacity: cells.count) { bytes in
                for (place, cell) in cells.enumerated() { bytes.initializeElement(at: place, to: UInt8(cell)) }
                return cells.count
            }
        }
        return String(String.UnicodeScalarView(cells.lazy.compactMap { Unicode.Scalar(UInt32(bitPattern: $0)) }))
    }

    /// NUL-terminated cells. NUL itself cannot occur in a line and is dropped.
    static func cells(_ text: some StringProtocol) -> [wchar_t] {
        text.unicodeScalars.compactMap { $0.value == 0 ? nil : wchar_t(bitPattern: $0.value) } + [0]
    }

    /// Cells that live as long as the process, for the names libedit keeps without copying.
    static func immortal(_ text: String) -> UnsafePointer<wchar_t> {
        let cells = cells(text)
        let copy = UnsafeMutablePointer<wchar_t>.allocate(capacity: cells.count)
        copy.initialize(from: cells, count: cells.count)
        return UnsafePointer(copy)
    }
}
