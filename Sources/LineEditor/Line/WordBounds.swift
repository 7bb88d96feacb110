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
