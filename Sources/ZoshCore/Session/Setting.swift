internal import ZoshKit

/// What `set` can change: the one list of settings, each with how it is read and written.
enum Setting: String, CaseIterable, Sendable {
    case format, columns, apiVersion = "api-version", prompt, editMode = "edit-mode", accessible

    var meaning: String {
        switch self {
        case .format: "how results are written: auto, \(OutputFormat.allCases.map(\.rawValue).joined(separator: ", "))"
        case .columns: "which columns tables, csv and tsv show, as a,b,c; auto leaves it to the command"
        case .apiVersion: "which version of the CRM API is asked: \(APIVersion.allCases.map(\.rawValue).joined(separator: ", "))"
        case .prompt: "what stands before the line: auto, or text with \(PromptTemplate.Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: " "))"
        case .editMode: "which keys edit the line: auto (what .editrc says, else emacs), emacs, vi"
        case .accessible: "on for screen readers: plain output, no hints, no menus, nothing drawn twice"
        }
    }

    /// The words a value can be; nil when it is free.
    var choices: [String]? {
        switch self {
        case .format: ["auto"] + OutputFormat.allCases.map(\.rawValue)
        case .columns, .prompt: nil
        case .apiVersion: APIVersion.allCases.map(\.rawValue)
        case .editMode: ["auto"] + EditMode.allCases.map(\.rawValue)
        case .accessible: ["on", "off"]
        }
    }

    func text(in settings: Session.Settings) -> String {
        switch self {
        case .format: settings.format?.rawValue ?? "auto"
        case .columns: settings.columns.isEmpty ? "auto" : settings.columns.map(\.description).joined(separator: ",")
        case .apiVersion: settings.apiVersion.rawValue
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
        case .columns: settings.columns = text == "auto" ? [] : text.split(separator: ",").map { FieldPath(String($0)) }
        case .apiVersion: settings.apiVersion = APIVersion(rawValue: text) ?? settings.apiVersion
        case .prompt: settings.prompt = text == "auto" ? nil : PromptTemplate(text)
        case .editMode: settings.editMode = EditMode(rawValue: text)
        case .accessible: settings.accessible = text == "on"
        }
    }
}
