// TeamCity: copy this file to .teamcity/settings.kts, and dist/index.js of a release to ci/go-proxy-setup.js. The agent
// has Node, git and Go. Change: the private domain and the password (without private modules delete both), the proxies.
// The password has lines such as `github.com/my-org TOKEN`; TeamCity makes its `credentialsJSON` when you enter it.
import jetbrains.buildServer.configs.kotlin.*
import jetbrains.buildServer.configs.kotlin.buildFeatures.buildCache
import jetbrains.buildServer.configs.kotlin.buildSteps.script
import jetbrains.buildServer.configs.kotlin.triggers.vcs

version = "2025.07"

project {
    buildType(Test)
}

object Test : BuildType({
    name = "Test"
    artifactRules = "go-proxy-setup.json"
    publishArtifacts = PublishMode.ALWAYS

    params {
        param("env.GOCACHE", "%teamcity.build.checkoutDir%/.go-build")
        param("env.GO_PROXY_SETUP_PROXIES", "public")
        param("env.GO_PROXY_SETUP_PRIVATE_DOMAINS", "github.com/my-org")
        password("env.GO_PROXY_SETUP_CREDENTIALS", "credentialsJSON:00000000-0000-0000-0000-000000000000")
    }

    vcs {
        root(DslContext.settingsRoot)
    }

    triggers {
        vcs {}
    }

    features {
        buildCache {
            name = "go-build"
            rules = ".go-build"
        }
    }

    steps {
        script {
            name = "Measure, for all later steps"
            scriptContent = "node ci/go-proxy-setup.js env --format teamcity"
        }
        script {
            name = "Modules"
            scriptContent = "node ci/go-proxy-setup.js run --report-file go-proxy-setup.json"
        }
        script {
            name = "Test"
            scriptContent = """
                set -e
                go vet ./...
                go test ./...
            """.trimIndent()
        }
    }
})
