internal import ZoshKit

/// `ids`: the rows' ids and nothing else.
struct IDs: CoreCommand {
    let signature = Signature("ids", "Keep the ids", facts: [.keepsFields], input: .required, effect: .local)
    let examples = [Example("users list role=Manager | ids", "ready for 'users lookup' and 'save'")]

    func run(_ call: Call, in shell: ShellContext, core: CoreContext) async throws -> RowStream {
        guard let input = call.input else { return .none }
        return input.transformed(.exactly(["id"])) { Keeping() }
    }

    private struct Keeping: RowTransform {
        private let shape = Shape(["id"])
        private var without = 0

        mutating func apply(_ rows: [Row]) -> [Row] {
            rows.compactMap { row in
                guard let id = row["id"], !id.isNull else {
                    without += 1
                    return nil
                }
                return Row(shape: shape.located(at: row.origin), values: [id])
            }
        }

        var notes: [String] { without == 0 ? [] : ["\(without) row\(without == 1 ? " has" : "s have") no id"] }
    }
}
