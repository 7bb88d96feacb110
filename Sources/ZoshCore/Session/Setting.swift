internal import ZoshKit

/// What `set` can change: the one list of settings, each with how it is read and written.
enum Setting: String, CaseIterable, Sendable {
    case format, columns, apiVersion = "api-version", trace

    var meaning: String {
        switch self {
        case .format: "how results are written: auto, \(OutputFormat.allCases.map(\.rawValue).joined(separator: ", "))"
        case .columns: "which columns tables, csv and tsv show, as a,b,c; auto leaves it to the command"
        case .trace: "whether every request is told on standard error, without secrets: on, off"
        case .apiVersion: "which version of the CRM API is asked: \(APIVersion.allCases.map(\.rawValue).joined(separator: ", "))"
        }
    }

    /// The words a value can be; nil when it is free.
    var choices: [String]? {
        switch self {
        case .format: ["auto"] + OutputFormat.allCases.map(\.rawValue)
        case .columns: nil
        case .apiVersion: APIVersion.allCases.map(\.rawValue)
        case .trace: ["on", "off"]
        }
    }

    func text(in settings: Session.Settings) -> String {
        switch self {
        case .format: settings.format?.rawValue ?? "auto"
        case .columns: settings.columns.isEmpty ? "auto" : settings.columns.map(\.description).joined(separator: ",")
        case .apiVersion: settings.apiVersion.rawValue
        case .trace: settings.trace ? "on" : "off"
        }
    }

    func set(_ text: String, in settings: inout Session.Settings) {
        switch self {
        case .format: settings.format = OutputFormat(rawValue: text)
        case .columns: settings.columns = text == "auto" ? [] : text.split(separator: ",").map { FieldPath(String($0)) }
        case .apiVersion: settings.apiVersion = APIVersion(rawValue: text) ?? settings.apiVersion
        case .trace: settings.trace = text == "on"
        }
    }
}
