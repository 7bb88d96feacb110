import ZoshCore

extension ResultPrinter {
    /// The printer of one line that says itself how its rows are written.
    func writing(_ format: OutputFormat) -> any ResultSink {
        var printer = self
        printer.format = format
        return printer
    }

    /// Whether a program reads the rows, and so the errors.
    var isForProgram: Bool { get async { await settings().format?.isJSON == true } }

    /// The session's settings, with the format the line asks for.
    func settings() async -> Session.Settings {
        var settings = await session.settings
        if let format { settings.format = format }
        return settings
    }
}
