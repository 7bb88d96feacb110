import ZohoClient
import ZoshKit

/// Data centres that were configured: the file `data-centres` beside `init.zosh`, one to a line.
///
/// ```
/// # code  accounts server             API server
/// uk      https://accounts.zoho.uk    https://www.zohoapis.uk
/// ```
/// A secret may be sent to whatever stands there, so no other user may be able to write the file.
enum DataCentreFile {
    static let name = "data-centres"

    /// Empty when there is no such file.
    /// - Throws: `ZoshError` naming the line that cannot be read.
    static func read(in folder: String) throws -> [DataCentre] {
        let path = folder + "/" + name
        guard let bytes = try TrustedFile.contents(at: path, danger: "name servers for your secrets") else { return [] }
        var found: [DataCentre] = []
        for (number, line) in String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" }
        ).enumerated() {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(String.init)
            guard !words.isEmpty else { continue }
            guard words.count == 3, words[0].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
            else {
                throw ZoshError(
                    .local, "\(path):\(number + 1) is not 'code accounts-address api-address'",
                    remedy: "for example: uk https://accounts.zoho.uk https://www.zohoapis.uk")
            }
            do {
                found.append(
                    try DataCentreTable.ownDataCentre(
                        code: words[0].lowercased(), accounts: words[1], api: words[2],
                        called: ("the accounts address", "the API address")))
            } catch {
                var error = error
                error.problem = "\(path):\(number + 1): \(error.problem)"
                throw error
            }
        }
        return found
    }
}
