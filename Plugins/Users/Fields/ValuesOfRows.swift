import ZoshKit

/// How one value for each row of a file is written, where the rows alone were given.
enum ValuesOfRows {
    /// `open y.csv | each { users update $it.email city=$it.city }`, with the headings the file has.
    static func remedy(_ values: [BoundValue], _ shell: ShellContext) -> String? {
        guard let row = values.lazy.compactMap(\.value.row).first(where: { $0.origin != nil }),
            let file = row.origin?.file, let person = row.names.first(where: { PersonHeading($0) != nil })
        else { return nil }
        let fields = shell.directory.snapshot.fields(of: .users).names
        let parts = row.names.compactMap { heading -> String? in
            guard PersonHeading(heading) == nil,
                case .path(let path, _) = fields.meaning(of: FieldPath(names: [heading])), path.names.count == 1
            else { return nil }
            return "\(path)=$it.\(part(heading))"
        }
        guard !parts.isEmpty else { return nil }
        return "for the values of each row: open \(word(file)) | each { users update $it.\(part(person)) "
            + parts.prefix(3).joined(separator: " ") + " }"
    }

    /// A heading behind `$it.`.
    private static func part(_ heading: String) -> String {
        isPlain(heading, with: "_") ? heading : "\"\(heading.showingUnseen)\""
    }

    private static func word(_ path: String) -> String {
        isPlain(path, with: "_-./~") ? path : "'\(path.showingUnseen)'"
    }

    private static func isPlain(_ text: String, with signs: String) -> Bool {
        text.allSatisfy { $0.isLetter || $0.isNumber || signs.contains($0) }
    }
}
