/// A request as the emulator's rooms see it: decoded, and free of the HTTP library.
///
/// Invariant: header names are lower case, the path has no query and begins with a slash.
struct Exchange: Sendable {
    var method: String
    var path: String
    var query: FormFields
    var headers: [String: String]
    var body: [UInt8]

    /// Query, form and multipart parameters together: Zoho's token endpoint accepts all three.
    var parameters: FormFields {
        var fields = query
        let type = headers["content-type"] ?? ""
        if type.lowercased().hasPrefix("multipart/form-data") {
            fields.append(contentsOf: FormFields(multipart: body, contentType: type))
        } else if !type.lowercased().contains("json") {
            fields.append(contentsOf: FormFields(urlEncoded: String(decoding: body, as: UTF8.self)))
        }
        return fields
    }

    /// Path segments between slashes, percent-decoded.
    var segments: [String] {
        path.split(separator: "/").map { FormFields.decode($0, plusIsSpace: false) }
    }
}
