// What the public API speaks of is declared in LoreCore; who imports Lore need not know.
@_exported public import LoreCore
