// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "NotesAssistant",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "lore", path: "../..")],
    targets: [
        .executableTarget(
            name: "NotesAssistant", dependencies: [.product(name: "Lore", package: "lore")],
            swiftSettings: [.enableUpcomingFeature("MemberImportVisibility")])
    ]
)
