internal import Yams
internal import ZoshKit

/// Reads a YAML document into values: plain scalars by YAML 1.2's core rules, numbers exactly, quoted text as text.
///
/// Yams parses; the meaning of scalars is decided here, since YAML 1.1's would take `no` for false and `1_000` for a
/// number, and a number would pass through `Double`.
enum YAMLReader {
    /// - Throws: `ZoshError` naming file and line.
    static func value(of text: String, name: String) throws -> Value { try document(text, name).value }

    /// The rows a document means, each with its line.
    static func rows(of text: String, name: String) throws -> [Row] {
        let (document, node) = try document(text, name)
        guard let (values, list) = DocumentRows.elements(of: document) else {
            return [Row(element: document).located(at: RowOrigin(file: name, line: node?.mark?.line ?? 1))]
        }
        let nodes: [Node] =
            switch node {
            case .sequence(let sequence): Array(sequence)
            case .mapping(let mapping):
                mapping.compactMap { $0.value.sequence }.dropFirst(list).first.map { Array($0) } ?? []
            default: []
            }
        return values.indices.map { index in
            let line = nodes.indices.contains(index) ? nodes[index].mark?.line : node?.mark?.line
            return Row(element: values[index]).located(at: RowOrigin(file: name, line: line ?? 1))
        }
    }

    private static func document(_ text: String, _ name: String) throws -> (value: Value, node: Node?) {
        do {
            let guarded = MarksInYAML(text)
            guard let node = try Yams.compose(yaml: guarded.text) else { return (.list([]), nil) }
            // Aliases can make a small file stand for an enormous document. Without them a document has fewer values
            // than bytes.
            var budget = max(100_000, 10 * text.utf8.count)
            return (try value(node, name, guarded, &budget, depth: 0), node)
        } catch let error as YamlError {
            throw failure(error, name)
        }
    }

    private static func value(
        _ node: Node, _ name: String, _ marks: MarksInYAML, _ budget: inout Int, depth: Int
    ) throws -> Value {
        budget -= 1
        guard budget > 0, depth < 128 else {
            throw ZoshError(.local, "\(name):\(node.mark?.line ?? 1): the document is too large or nested too deeply")
        }
        switch node {
        case .scalar(let scalar): return value(scalar, marks)
        case .sequence(let sequence):
            return .list(try sequence.map { try value($0, name, marks, &budget, depth: depth + 1) })
        case .mapping(let mapping):
            var fields: [(String, Value)] = []
            for (key, element) in mapping {
                guard case .scalar(let scalar) = key else {
                    throw ZoshError(.local, "\(name):\(key.mark?.line ?? 1): a field's name must be text")
                }
                fields.append(
                    (marks.restored(scalar.string), try value(element, name, marks, &budget, depth: depth + 1)))
            }
            return .row(Row(shape: Shape(fields.map(\.0)), values: fields.map(\.1)))
        case .alias: throw ZoshError(.local, "\(name):\(node.mark?.line ?? 1): an alias without an anchor")
        }
    }

    private static func value(_ scalar: Node.Scalar, _ marks: MarksInYAML) -> Value {
        let text = marks.restored(scalar.string)
        guard scalar.style == .plain || scalar.style == .any else { return .string(text) }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        // Only what JSON calls a number, too; `007` and `1_000` stay text.
        let number = try? JSONReader.value(of: text)
        switch number {
        case .integer, .decimal: return number ?? .string(text)
        default: return .string(text)
        }
    }

    private static func failure(_ error: YamlError, _ name: String) -> ZoshError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            ZoshError(.local, "\(name):\(mark.line): \(problem)")
        case .duplicatedKeysInMapping(let names, let context):
            ZoshError(
                .local,
                "\(name):\(context.mark.line): the mapping names "
                    + "'\(String((names.first ?? "").prefix(40)).showingUnseen)' twice")
        default: ZoshError(.local, "\(name): this is not YAML")
        }
    }
}
