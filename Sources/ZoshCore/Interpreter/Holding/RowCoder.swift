internal import ZoshKit

/// Rows as compact bytes and back, exactly: what a stage holds, and what it spills.
///
/// A row held as bytes takes a third of the memory and no reference counting. Shapes are kept here under numbers, so
/// the bytes mean something only to the coder that wrote them. It belongs to one stage of one stream; never shared
/// between threads.
final class RowCoder {
    private var shapes: [Shape] = []
    private var numbers: [Shape: Int] = [:]
    /// The same by identity, which costs no hashing of names. Bounded, since rows may come with a shape each.
    private var known: [ObjectIdentifier: Int] = [:]
    private var keptAlive: [Shape] = []
    /// The files rows were read from.
    private var files: [String] = []

    private enum Tag: UInt8 { case null, no, yes, integer, decimal, string, list, row }

    func encode(_ row: Row, into bytes: inout [UInt8]) {
        let shape = UInt64(number(of: row.shape)) << 1
        if let origin = row.origin {
            Self.append(shape | 1, to: &bytes)
            Self.append(UInt64(number(of: origin.file)), to: &bytes)
            Self.append(UInt64(clamping: origin.line), to: &bytes)
            Self.append(UInt64(clamping: origin.headingLine ?? 0), to: &bytes)
        } else {
            Self.append(shape, to: &bytes)
        }
        for value in row.values { encode(value, into: &bytes) }
    }

    func encode(_ value: Value, into bytes: inout [UInt8]) {
        switch value {
        case .null: bytes.append(Tag.null.rawValue)
        case .bool(let flag): bytes.append((flag ? Tag.yes : Tag.no).rawValue)
        case .integer(let number):
            bytes.append(Tag.integer.rawValue)
            Self.append(UInt64(bitPattern: number << 1 ^ number >> 63), to: &bytes)
        case .decimal(let text): Self.append(text, .decimal, to: &bytes)
        case .string(let text): Self.append(text, .string, to: &bytes)
        case .list(let values):
            bytes.append(Tag.list.rawValue)
            Self.append(UInt64(values.count), to: &bytes)
            for element in values { encode(element, into: &bytes) }
        case .row(let row):
            bytes.append(Tag.row.rawValue)
            encode(row, into: &bytes)
        }
    }

    func row(_ bytes: UnsafeRawBufferPointer) -> Row {
        var position = 0
        return row(bytes, &position)
    }

    /// Values written one after the other, to the end.
    func values(_ bytes: UnsafeRawBufferPointer) -> [Value] {
        var position = 0
        var values: [Value] = []
        while position < bytes.count { values.append(value(bytes, &position)) }
        return values
    }

    // MARK: Details

    private func number(of file: String) -> Int {
        if let number = files.lastIndex(of: file) { return number }
        files.append(file)
        return files.count - 1
    }

    private func number(of shape: Shape) -> Int {
        // A row of a file has a shape to itself: what is kept is the names alone.
        if shape.origin != nil {
            if let number = numbers[shape] { return number }
            numbers[shape.located(at: nil)] = shapes.count
            shapes.append(shape.located(at: nil))
            return shapes.count - 1
        }
        if let number = known[ObjectIdentifier(shape)] { return number }
        let number = numbers[shape] ?? shapes.count
        if number == shapes.count {
            shapes.append(shape)
            numbers[shape] = number
        }
        if known.count < 1000 {
            known[ObjectIdentifier(shape)] = number
            keptAlive.append(shape)
        }
        return number
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func append(_ text: String, _ tag: Tag, to bytes: inout [UInt8]) {
        var text = text
        bytes.append(tag.rawValue)
        text.withUTF8 { utf8 in
            append(UInt64(utf8.count), to: &bytes)
            bytes.append(contentsOf: utf8)
        }
    }

    private func row(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> Row {
        let head = wide(bytes, &position)
        var shape = shapes[Int(truncatingIfNeeded: head >> 1)]
        if head & 1 == 1 {
            let file = files[number(bytes, &position)]
            let line = number(bytes, &position)
            let heading = number(bytes, &position)
            shape = shape.located(at: RowOrigin(file: file, line: line, headingLine: heading == 0 ? nil : heading))
        }
        let count = shape.names.count
        let values = [Value](unsafeUninitializedCapacity: count) { buffer, filled in
            for index in 0..<count { buffer.initializeElement(at: index, to: value(bytes, &position)) }
            filled = count
        }
        return Row(shape: shape, values: values)
    }

    private func number(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> Int {
        Int(truncatingIfNeeded: wide(bytes, &position))
    }

    private func wide(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = bytes[position]
            position += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
    }

    private func text(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> String {
        let count = number(bytes, &position)
        defer { position += count }
        return String(decoding: bytes[position..<position + count], as: UTF8.self)
    }

    private func value(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> Value {
        let tag = Tag(rawValue: bytes[position])
        position += 1
        switch tag {
        case .null, nil: return .null
        case .no: return .bool(false)
        case .yes: return .bool(true)
        case .integer:
            let number = wide(bytes, &position)
            return .integer(Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1))
        case .decimal: return .decimal(text(bytes, &position))
        case .string: return .string(text(bytes, &position))
        case .list: return .list((0..<number(bytes, &position)).map { _ in value(bytes, &position) })
        case .row: return .row(row(bytes, &position))
        }
    }
}
