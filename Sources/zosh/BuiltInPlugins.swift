import Access
import Audit
import Auth
import Connections
import Jobs
import Orgs
import Users
import ZoshKit
import ZoshTrust

/// The one list of what is built in. Commands are listed in each module's own file.
enum BuiltInPlugins {
    static func modules(
        jobs: any JobService, plans: any PlanService, timed: any DueJobs, audit: any AuditService,
        accounts: any AccountService,
        vault: any VaultControl,
        prompt: any SecretPrompt
    ) -> [any ShellModule] {
        [
            AuthModule(accounts: accounts, vault: vault, prompt: prompt), ConnectionsModule(accounts: accounts),
            OrgsModule(), UsersModule(), AccessModule(),
            JobsModule(jobs: jobs, plans: plans, timed: timed),
            AuditModule(audit: audit),
        ]
    }
}
