/// The HTML an accounts server shows in a browser. Nothing from a request is put into it unescaped.
enum AccountsPage {
    static let notFound = Reply.html(404, page("Page not found", "<p>The page you are looking for does not exist.</p>"))

    /// Mistakes of an authorization request are shown here and never sent to the client.
    static func problem(_ sentence: String) -> Reply {
        .html(400, page("Error", "<p class=\"error\">\(escaped(sentence))</p>"))
    }

    static func page(_ title: String, _ body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>\(escaped(title))</title></head>
        <body><h1>\(escaped(title))</h1>
        \(body)
        </body></html>

        """
    }

    static func escaped(_ text: String) -> String {
        var safe = ""
        for character in text {
            switch character {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            default: safe.append(character)
            }
        }
        return safe
    }
}
