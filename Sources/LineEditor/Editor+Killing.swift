internal import CLibedit

/// Cutting and yanking with a buffer of our own.
///
/// Every deletion through libedit's interface, even of one character, overwrites libedit's kill buffer, and its yank
/// writes through a pointer into memory it may just have moved. Text kept here survives both.
extension Editor {
    func killLine() -> CInt { kill(0..<buffer.count) }

    func killToEnd() -> CInt { kill(buffer.cursor..<buffer.count) }

    /// Back to the last blank, so that a quoted or assigned value goes in one piece.
    func killBlankWordBackward() -> CInt {
        kill(
            WordBounds.start(before: buffer.cursor, in: buffer.scalars) { !$0.properties.isWhitespace }..<buffer.cursor)
    }

    func killWordBackward() -> CInt {
        kill(WordBounds.start(before: buffer.cursor, in: buffer.scalars, isPart: WordBounds.isLetter)..<buffer.cursor)
    }

    func killWordForward() -> CInt {
        kill(buffer.cursor..<WordBounds.end(after: buffer.cursor, in: buffer.scalars, isPart: WordBounds.isLetter))
    }

    func yank() -> CInt {
        guard !killed.isEmpty else { return CC_ERROR }
        buffer.insert(killed)
        return CC_REFRESH
    }

    private func kill(_ range: Range<Int>) -> CInt {
        guard !range.isEmpty else { return CC_ERROR }
        killed = String(String.UnicodeScalarView(buffer.scalars[range]))
        buffer.replace(range, with: "")
        return CC_REFRESH
    }
}

/// Where words begin and end among the scalars of a line.
enum WordBounds {
    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || scalar.properties.generalCategory == .nonspacingMark
            || scalar == "_"
    }

    static func start(before cursor: Int, in scalars: [Unicode.Scalar], isPart: (Unicode.Scalar) -> Bool) -> Int {
        var index = cursor
        while index > 0, !isPart(scalars[index - 1]) { index -= 1 }
        while index > 0, isPart(scalars[index - 1]) { index -= 1 }
        return index
    }

    static func end(after cursor: Int, in scalars: [Unicode.Scalar], isPart: (Unicode.Scalar) -> Bool) -> Int {
        var index = cursor
        while index < scalars.count, !isPart(scalars[index]) { index += 1 }
        while index < scalars.count, isPart(scalars[index]) { index += 1 }
        return index
    }
}
