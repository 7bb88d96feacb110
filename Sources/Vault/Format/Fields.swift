/// Fields joined so that no two different lists give the same bytes.
///
/// Each field is its length (four bytes, big-endian) and its bytes; integers
/// are eight bytes, big-endian. Everything the store authenticates beside the
/// ciphertext goes through here.
struct Fields {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ field: some Collection<UInt8>) {
        withUnsafeBytes(of: UInt32(field.count).bigEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: field)
    }

    mutating func append(_ text: String) { append(Array(text.utf8)) }

    mutating func append(_ number: Int64) {
        withUnsafeBytes(of: number.bigEndian) { append(Array($0)) }
    }
}
