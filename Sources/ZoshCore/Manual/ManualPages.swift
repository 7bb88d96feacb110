internal import ZoshKit

/// The man pages of zosh and of each of its commands, made from the signatures that the shell itself obeys.
struct ManualPages: Sendable {
    let registry: CommandRegistry
    let program: ProgramManual

    /// Every page, aliases included.
    var all: [ManPage] {
        [overview]
            + registry.entries.flatMap { entry -> [ManPage] in
                let page = page(of: entry)
                return [page] + entry.signature.aliases.map { ManPage(Self.name($0), sameAs: page) }
            }
    }

    private static func name(_ path: [String]) -> String { (["zosh"] + path).joined(separator: "-") }

    private static let language = (name: "zosh-language", section: 7)

    private var overview: ManPage {
        var page = ManPage("zosh", version: program.version)
        page.heading("NAME")
        page.paragraph("zosh - \(program.summary)")
        page.heading("SYNOPSIS")
        for way in program.usage { page.item(way.name, way.meaning) }
        page.heading("DESCRIPTION")
        page.paragraph(
            "A command takes rows, gives rows, or both; | joins them. At the prompt Tab completes commands, options "
                + "and people. Whatever changes something at Zoho is described and asked about first, is written down "
                + "as a job, and can be taken back.")
        page.heading("OPTIONS")
        for option in program.options {
            page.item(
                option.names.joined(separator: ", ") + (option.value.map { " " + $0.uppercased() } ?? ""),
                option.meaning)
        }
        page.heading("COMMANDS")
        var owners: [String] = []
        for entry in registry.entries where !owners.contains(entry.owner) { owners.append(entry.owner) }
        for owner in owners {
            page.subheading(owner)
            for entry in registry.entries where entry.owner == owner {
                page.item(entry.signature.name, entry.signature.summary)
            }
        }
        page.heading("EXIT STATUS")
        for status in HelpPage.statuses { page.item(String(status.status.rawValue), status.meaning) }
        page.heading("ENVIRONMENT")
        for variable in program.variables { page.item(variable.name, variable.meaning) }
        page.heading("FILES")
        for file in program.files { page.item(file.name, file.meaning) }
        page.references([Self.language] + registry.entries.map { (Self.name($0.signature.path), 1) })
        return page
    }

    private func page(of entry: CommandRegistry.Entry) -> ManPage {
        let signature = entry.signature
        var page = ManPage(Self.name(signature.path), version: program.version)
        page.heading("NAME")
        page.paragraph("\(page.name) - \(signature.summary)")
        page.heading("SYNOPSIS")
        page.list(HelpPage.usage(signature))
        page.heading("DESCRIPTION")
        page.paragraph(([signature.summary + "."] + HelpPage.facts(signature)).joined(separator: " "))
        if !signature.allParameters.isEmpty {
            page.heading("OPTIONS")
            for parameter in signature.allParameters {
                page.item(HelpPage.left(parameter, signature), HelpPage.right(parameter))
            }
        }
        if signature.positional.contains(where: { $0.type == .expression }) {
            page.heading("CONDITIONS")
            for comparison in HelpPage.comparisons { page.item(comparison.0, comparison.1) }
        }
        let examples = entry.command.examples
        if !examples.isEmpty {
            page.heading("EXAMPLES")
            for example in examples { page.item(example.line, example.meaning) }
        }
        let group = registry.entries.map(\.signature).filter { $0.path[0] == signature.path[0] && $0 != signature }
        page.references([("zosh", 1), Self.language] + group.map { (Self.name($0.path), 1) })
        return page
    }
}
