/// Finds the field that a written name means: an API name or a label, in any case, with blank, `_` and `-` alike.
///
/// An API name written exactly always means that field. Otherwise a name must mean exactly one field.
///
/// For example `Resource.users.fieldNames.meaning(of: "Given Name")` is `.field` of `first_name`.
public struct FieldNames: Sendable {
    /// Which field a name means.
    public enum Meaning: Sendable, Equatable {
        case field(Field)
        /// More than one field, by their API names.
        case several([String])
        case unknown
    }

    public let fields: [Field]
    private let exact: [String: Int]
    private let folded: [String: [Int]]

    /// Of two fields of one API name the first counts.
    public init(_ fields: [Field]) {
        var exact: [String: Int] = [:]
        var folded: [String: [Int]] = [:]
        var unique: [Field] = []
        for field in fields where exact[field.name] == nil {
            let index = unique.count
            exact[field.name] = index
            unique.append(field)
            for name in Set(([field.name] + field.labels).map(Self.folded)) { folded[name, default: []].append(index) }
        }
        self.fields = unique
        self.exact = exact
        self.folded = folded
    }

    /// A name as it is compared: without surrounding blanks, in lower case, with one `_` for blanks, `-` and `_`.
    public static func folded(_ name: String) -> String {
        plainFolded(name)
            ?? name.lowercased().split { $0 == "_" || $0 == "-" || $0.isWhitespace }.joined(separator: "_")
    }

    /// The same for a name in ASCII, as nearly all are: byte by byte, which costs a tenth.
    private static func plainFolded(_ name: String) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(name.utf8.count)
        var isApart = false
        for byte in name.utf8 {
            switch byte {
            case 0x80...: return nil
            case UInt8(ascii: "_"), UInt8(ascii: "-"), 0x20, 0x09...0x0D: isApart = !bytes.isEmpty
            default:
                if isApart { bytes.append(UInt8(ascii: "_")) }
                isApart = false
                bytes.append(UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte + 0x20 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A heading such as `Zip.Code` has a dot where the label has a blank.
    public func meaning(of name: String) -> Meaning {
        let meaning = written(name)
        return meaning == .unknown && name.contains(".") ? written(name.replacing(".", with: " ")) : meaning
    }

    private func written(_ name: String) -> Meaning {
        if let index = exact[name] { return .field(fields[index]) }
        let found = folded[Self.folded(name)] ?? []
        return switch found.count {
        case 0: .unknown
        case 1: .field(fields[found[0]])
        default: .several(found.map { fields[$0].name })
        }
    }

    /// Where a path leads, in API names.
    public func meaning(of path: FieldPath) -> PathMeaning {
        // A name that holds a dot, as a file's heading may have.
        if path.names.count > 1, case .field(let field) = written(path.description) {
            return .path(FieldPath(names: [field.name]), field)
        }
        let walked = walk(path)
        if case .unknown = walked, path.names.count > 1, case .field(let field) = meaning(of: path.description) {
            return .path(FieldPath(names: [field.name]), field)
        }
        return walked
    }

    private func walk(_ path: FieldPath) -> PathMeaning {
        var here = self
        var names: [String] = []
        var last: Field?
        for (position, name) in path.names.enumerated() {
            switch here.meaning(of: name) {
            case .several(let candidates): return .several(candidates.map { (names + [$0]).joined(separator: ".") })
            case .unknown:
                return .unknown(
                    FieldPath(names: Array(path.names[...position])),
                    nearest: here.nearest(to: name).map { (names + [$0]).joined(separator: ".") })
            case .field(let field):
                names.append(field.name)
                last = field
                let rest = path.names[(position + 1)...]
                guard let inner = field.within else {
                    return .path(FieldPath(names: names + rest), rest.isEmpty ? field : nil)
                }
                here = FieldNames(inner)
            }
        }
        return .path(FieldPath(names: names), last)
    }

    /// The API name that was probably meant.
    public func nearest(to name: String) -> String? {
        let wanted = Self.folded(name)
        let candidates = fields.flatMap { field in
            ([field.name] + field.labels).map { (folded: Self.folded($0), name: field.name) }
        }
        guard let near = Suggestion.nearest(to: wanted, among: candidates.map(\.folded)) else { return nil }
        return candidates.first { $0.folded == near }?.name
    }
}

/// Where a path of written names leads.
///
/// For example `role.name` leads to a text, and `role.nmae` nowhere.
public enum PathMeaning: Sendable, Equatable {
    /// The path in API names, and its last field where that is known.
    case path(FieldPath, Field?)
    /// More than one path.
    case several([String])
    /// The part of the path that nothing is known of, and what was probably meant.
    case unknown(FieldPath, nearest: String?)
}
