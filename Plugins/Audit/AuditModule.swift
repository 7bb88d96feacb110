public import ZoshKit

/// The audit log: who changed what, when and with which result, in a chain that can be checked.
public struct AuditModule: ShellModule {
    public let name = "audit"
    public let summary = "What was changed, when and by whom, in a chain of lines that can be checked"

    private let audit: any AuditService

    public init(audit: any AuditService) { self.audit = audit }

    public var commands: [any Command] {
        [
            AuditShow(audit: audit), AuditVerify(audit: audit), AuditExport(audit: audit), AuditReconcile(audit: audit),
        ]
    }
}
