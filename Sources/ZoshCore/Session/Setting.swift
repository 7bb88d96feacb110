internal import ZoshKit

/// What `set` can change: the one list of settings, each with how it is read and written.
enum Setting: String, CaseIterable, Sendable {
    case format, columns, spreadsheet, pager
    case apiVersion = "api-version"
    case trace, prompt
    case editMode = "edit-mode"
    case accessible

    var meaning: String {
        switch self {
        case .format: "how results are written: auto, \(OutputFormat.allCases.map(\.rawValue).joined(separator: ", "))"
        case .columns: "which columns tables, csv and tsv show, as a,b,c; auto leaves it to the command"
        case .trace: "whether every request is logged to standard error, without secrets: on, off"
        case .spreadsheet: "whether csv and tsv, files too, are written for spreadsheets: on, off"
        case .pager: "what shows results longer than the terminal: auto ($PAGER, else less), off, or a command"
        case .apiVersion:
            "which version of the CRM API is asked: \(APIVersion.allCases.map(\.rawValue).joined(separator: ", "))"
        case .prompt:
            "what stands before the line: auto, or text with "
                + "\(PromptTemplate.Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: " "))"
        case .editMode: "which keys edit the line: auto (what .editrc says, else emacs), emacs, vi"
        case .accessible: "on for screen readers: plain output, no hints, no menus, nothing drawn twice"
        }
    }

    /// The words a value can be; nil when it is free.
    var choices: [String]? {
        switch self {
        case .format: ["auto"] + OutputFormat.allCases.map(\.rawValue)
        case .columns, .pager, .prompt: nil
        case .spreadsheet, .trace, .accessible: ["on", "off"]
        case .apiVersion: APIVersion.allCases.map(\.rawValue)
        case .editMode: ["auto"] + EditMode.allCases.map(\.rawValue)
        }
    }

    /// Words that mean something as the value of a setting that is otherwise free.
    var words: [String] {
        switch self {
        case .pager: ["auto", "off"]
        case .prompt, .columns: ["auto"]
        case .format, .spreadsheet, .trace, .accessible, .apiVersion, .editMode: []
        }
    }

    func text(in settings: Session.Settings) -> String {
        switch self {
        case .format: settings.format?.rawValue ?? "auto"
        case .columns: settings.columns.isEmpty ? "auto" : Self.text(settings.columns)
        case .spreadsheet: settings.guardsSpreadsheets ? "on" : "off"
        case .pager: settings.pager ?? "auto"
        case .apiVersion: settings.apiVersion.rawValue
        case .trace: settings.trace ? "on" : "off"
        case .prompt: settings.prompt?.text ?? "auto"
        case .editMode: settings.editMode?.rawValue ?? "auto"
        case .accessible: settings.accessible ? "on" : "off"
        }
    }

    /// Why a value cannot be; nil when it can.
    func mistake(in text: String) -> String? {
        self == .prompt && text != "auto" ? PromptTemplate.mistake(in: text) : nil
    }

    func set(_ text: String, in settings: inout Session.Settings) {
        switch self {
        case .format: settings.format = OutputFormat(rawValue: text)
        case .columns: settings.columns = Self.columns(text) ?? []
        case .spreadsheet: settings.guardsSpreadsheets = text == "on"
        case .pager: settings.pager = text == "auto" ? nil : text
        case .apiVersion: settings.apiVersion = APIVersion(rawValue: text) ?? settings.apiVersion
        case .trace: settings.trace = text == "on"
        case .prompt: settings.prompt = text == "auto" ? nil : PromptTemplate(text)
        case .editMode: settings.editMode = EditMode(rawValue: text)
        case .accessible: settings.accessible = text == "on"
        }
    }

    static func text(_ columns: [FieldPath]) -> String { columns.map(\.description).joined(separator: ",") }

    /// Nil for `auto`: the command's own.
    static func columns(_ text: String) -> [FieldPath]? {
        text == "auto" ? nil : text.split(separator: ",").map { FieldPath(String($0).trimmedOfUnseen) }
    }
}
