// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
]

let strictC: [CSetting] = [.treatAllWarnings(as: .error)]

/// A module of lore itself: `Sources/NAME`, strict settings.
func room(
    _ name: String, _ dependencies: [Target.Dependency], embedding resources: [String] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, resources: resources.map { .embedInCode($0) },
        swiftSettings: strict)
}

/// The tests of one module: `Tests/NAMETests`.
func tests(
    of name: String, _ dependencies: [Target.Dependency] = [], excluding: [String] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
        exclude: excluding, swiftSettings: strict)
}

let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let settingsReader = Target.Dependency.product(
    name: "Configuration", package: "swift-configuration")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
    name: "lore",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Lore", targets: ["Lore"]),
        .executable(name: "lore", targets: ["LoreCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: []),
        // What its interface speaks of.
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        // What Hummingbird's own interface speaks of.
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    ],
    targets: [
        // Foreign libraries, one home each.
        .systemLibrary(
            name: "COpenBLAS", pkgConfig: "openblas",
            providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(
            name: "CCMark", pkgConfig: "libcmark-gfm",
            providers: [
                .apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"]),
            ]),
        .systemLibrary(
            name: "CXML2", pkgConfig: "libxml-2.0",
            providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
        .systemLibrary(
            name: "CEdit", pkgConfig: "libedit",
            providers: [.apt(["libedit-dev"]), .brew(["libedit"])]),
        // Finds their functions when they are first called, on Linux.
        .target(
            name: "CLateBinding", dependencies: ["COpenBLAS", "CCurl", "CXML2", "CEdit"],
            cSettings: strictC),
        .target(name: "CKernels", cSettings: strictC),

        // Values and protocols.
        room("LoreCore", []),

        // The stages. They never import each other.
        room("LoreLinearAlgebra", ["COpenBLAS", "CLateBinding", "CKernels"]),
        room(
            "LoreIngest",
            ["LoreCore", "CCMark", "CXML2", "CLateBinding", yams, crypto, subprocess]),
        room("LoreEmbedding", ["LoreCore", "LoreLinearAlgebra", crypto]),
        room("LoreSearch", ["LoreCore", "LoreLinearAlgebra"]),
        room("LoreStore", ["LoreCore", grdb, sqlite]),
        room(
            "LoreProviders", ["LoreCore", "CCurl", "CLateBinding", crypto],
            embedding: ["Catalog/models.json"]),
        room("LoreChat", ["LoreCore"]),

        // The public API, and what stands on it.
        room(
            "Lore",
            [
                "LoreCore", "LoreIngest", "LoreEmbedding", "LoreSearch", "LoreStore",
                "LoreProviders", "LoreChat", "LoreLinearAlgebra", crypto, yams, settingsReader,
                system,
            ]),
        room(
            "LoreServer",
            [
                "Lore", "LoreCore", httpTypes, logging, nio,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        .executableTarget(
            name: "LoreCLI",
            dependencies: [
                "Lore", "LoreCore", "LoreServer", "CEdit", "CLateBinding", logging,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),

        // The side of lore in scripts/bench search; not shipped.
        .executableTarget(
            name: "search-bench", dependencies: ["LoreLinearAlgebra", "LoreSearch"],
            path: "Benchmarks/SearchBench", swiftSettings: strict),

        // The side of lore in scripts/bench providers; not shipped.
        .executableTarget(
            name: "provider-bench", dependencies: ["LoreCore", "LoreProviders"],
            path: "Benchmarks/ProviderBench", swiftSettings: strict),

        // The checks of the provider layer in scripts/check-llm; not shipped.
        .executableTarget(
            name: "provider-check", dependencies: ["LoreCore", "LoreProviders", "LoreChat"],
            path: "Benchmarks/ProviderCheck", swiftSettings: strict),

        // Measures the estimate of tokens; see docs/CHAT.md. Not shipped.
        .executableTarget(
            name: "token-bench", dependencies: ["LoreProviders"], path: "Benchmarks/TokenBench",
            swiftSettings: strict),

        // The provider that tests speak to, for scripts/check-wire; not shipped.
        .executableTarget(
            name: "scripted-provider", dependencies: ["TestSupport", "LoreCore"],
            path: "Tests/ScriptedProvider", swiftSettings: strict),

        // Tests.
        .target(
            name: "TestSupport", dependencies: ["LoreCore"], path: "Tests/TestSupport",
            swiftSettings: strict),
        tests(of: "LoreCore"),
        tests(of: "LoreLinearAlgebra"),
        tests(of: "LoreIngest", excluding: ["Fixtures"]),
        tests(of: "LoreEmbedding", ["LoreLinearAlgebra"], excluding: ["Fixtures"]),
        tests(of: "LoreSearch", ["LoreLinearAlgebra"]),
        tests(of: "LoreStore", [grdb, sqlite]),
        tests(of: "LoreProviders"),
        tests(of: "LoreChat"),
        tests(of: "Lore", ["LoreStore"]),
        tests(
            of: "LoreServer",
            [
                "Lore", httpTypes, nio,
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ]),
        .testTarget(
            name: "LoreCLITests",
            dependencies: ["TestSupport", "LoreCLI", "Lore", "LoreStore", grdb],
            swiftSettings: strict),
    ]
)
