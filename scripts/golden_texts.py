"""The texts of the golden files: seeded, so that every run writes the same."""
import random
import unicodedata

SUBJECTS = [
    "The retry policy", "A context window", "Our rate limiter", "The streaming endpoint",
    "An embedding model", "My grandmother's soup", "The night train to Vienna", "A vector index",
    "The meeting on Tuesday", "An API key", "The bread dough", "A prompt template",
    "The third chapter", "Dr. Okafor's report", "A tool call",
]
VERBS = [
    "doubles its delay after", "should never depend on", "was rewritten because of", "explains",
    "costs less than", "arrives before", "cannot be compared with", "is stored beside",
    "waits for", "quietly replaces", "falls apart without", "reminds me of",
]
OBJECTS = [
    "each failed request", "the user's last question", "a 429 response", "fresh thyme and salt",
    "two tokens per word", "the quarterly figures", "an unencrypted backup", "SQLite's WAL file",
    "the cheapest provider", "a cited passage", "three hours in the oven", "e.g. the cache",
    "naïve café résumés", "the state-of-the-art baseline", "$1,234.56 (incl. VAT)",
]
CODE = [
    "for (int i = 0; i < n; ++i) { total += values[i] * weights[i]; }",
    "SELECT path, bm25(notes) FROM notes WHERE notes MATCH ? ORDER BY rank LIMIT 10;",
    "let hits = try await index.search(query, limit: 10).filter { $0.score > 0.5 }",
    "curl -sS -H 'Authorization: Bearer $KEY' https://api.example.com/v1/models | jq '.data[].id'",
    "def f(x: list[int]) -> dict[str, int]:\n\treturn {str(k): k**2 for k in x if k % 2}",
    "#include <stdio.h>\nint main(void) { printf(\"%s\\n\", \"hello\"); return 0; }",
    "git commit -m 'fix: off-by-one in __init__' && git push --force-with-lease",
    "{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"hi\"}], \"max_tokens\": 1024}",
    "<div class=\"note\"><a href='#top'>back &amp; forth</a></div>",
    "x_1 = (-b ± √(b² − 4ac)) / 2a; assert x_1 != NaN // TODO?",
    "kubectl get pods -n kube-system -o=jsonpath='{.items[*].metadata.name}'",
    "0x7fffdeadbeef 1e-12 3.14159_26535 0b1010 '\\u00e9' C:\\Users\\me\\notes.md ~/.config/lore",
]
SCRIPTS = [
    "机器学习模型需要大量的数据和计算资源。", "今天的会议改到下午三点，请带上报告。",
    "検索拡張生成は、文書を検索してから回答を生成します。", "東京タワーの近くで美味しいラーメンを食べた。",
    "カタカナとひらがなと漢字が混ざったテキスト、ﾊﾝｶｸも。", "한국어 문장은 자모로 분해됩니다. 서울의 날씨는 맑음.",
    "繁體中文：資料庫與檢索系統的設計原則。", "مرحبا بالعالم، هذا نص عربي للاختبار مع تَشْكِيل كامل.",
    "البحث الدلالي يستخدم المتجهات لإيجاد النصوص المتشابهة", "שלום עולם, זהו טקסט בעברית עם נִקּוּד.",
    "สวัสดีชาวโลก นี่คือข้อความภาษาไทยสำหรับการทดสอบ", "การค้นหาเอกสารด้วยเวกเตอร์ทำให้พบความหมายที่ใกล้เคียง",
    "नमस्ते दुनिया, यह हिंदी में एक परीक्षण वाक्य है।", "বাংলা ভাষায় একটি ছোট বাক্য।", "தமிழ் மொழியில் ஒரு சோதனை வாக்கியம்.",
    "Привет, мир! Ёлка и йогурт — поисковая система.", "Γειά σου Κόσμε, ΣΊΣΥΦΟΣ και ὀξεῖα περισπωμένη ᾧ.",
    "İstanbul'da ılık bir gün, IĞDIR ve Çeşme.", "Tiếng Việt có nhiều dấu: Nguyễn, Đặng, Trường, Hoàng.",
    "Grüße aus Österreich: Straße, GROẞ, Übermut, Äpfel.", "Ærøskøbing, Łódź, Þingvellir, Ħal, Ĳssel, Ŀ, ŉ, ǅ, ǆ.",
    "Հայերեն տեքստ։ ქართული ტექსტი. አማርኛ ጽሑፍ።", "ພາສາລາວ ភាសាខ្មែរ မြန်မာဘာသာ བོད་སྐད།",
    "𐐀𐐨 𝒜𝓁𝓅𝒽𝒶 𝟙𝟚𝟛 ﬁﬂﬃ ①②③ ½ ℃ № ™ Ⅷ ㎏ ㍿", "𠀀𠀁 𪜀 𫝀 豈更 丽丸 〇 々 〆 ㄅㄆ ꀀꀁ",
]
EMOJI = [
    "🎉", "👩‍💻", "🏳️‍🌈", "👍🏽", "🇯🇵🇩🇪", "❤️", "☕️", "🧑🏿‍🤝‍🧑🏻", "1️⃣", "🫠", "✅", "→", "👨‍👩‍👧‍👦",
]
ODD = [
    "", " ", "\n\n\t  ", "\u00a0\u2003\u3000", "...", "?!?!", "\"'`«»„“”‘’", "---***___",
    "a", "A", "1", ".", "’", "\u200b", "\u00ad", "\ufeff", "\x00", "\ufffd", "\u0301",
    "soft\u00adhy\u00adphen in\u00advis\u00adi\u00adble", "zero\u200bwidth\u200cnon\u200djoiner\u2060word",
    "\ufeffbyte order mark", "bell\x07 back\x08space \x1b[31mred\x1b[0m del\x7f \x85next \x0bvt \x0cff",
    "nul\x00byte\x00here", "right\u202eto\u202cleft \u2066isolate\u2069", "line\u2028sep para\u2029sep",
    "e\u0301 a\u0308 o\u0302\u0301 n\u0303 c\u0327 \u0041\u030a A\u030a\u0323", "Z\u0351\u036b\u0343a\u0321\u0330l\u0300\u0316g\u0322o\u034f",
    "\u1e9b\u0323 \u212b \u2126 \ufb01 \u01c4 \u0344 \u0f73 \u1100\u1161\u11a8", "[CLS] [SEP] [MASK] [PAD] [UNK]",
    "a[MASK]b [mask] [MASK [[SEP]] [CLS][CLS]", "##ing ## #hash ##", "un##able", "don't can't I'm it's rock'n'roll",
    "foo_bar-baz.qux@example.com", "http://localhost:4815/api/search?q=a%20b&limit=10#frag",
    "CamelCaseIdentifier snake_case_identifier SCREAMING_SNAKE kebab-case", "1,000,000.50 €5 £6 ¥7 ₿8 50% 1/2 10^-3",
    "x" * 99, "x" * 100, "x" * 101, "é" * 100, "é" * 101, "漢" * 101, "ab" * 200 + " short", "a\u0301" * 100,
    "🎉" * 120, "\u200b" * 50 + "end", "supercalifragilisticexpialidocious antidisestablishmentarianism",
    "pneumonoultramicroscopicsilicovolcanoconiosis", "~!@#$%^&*()_+{}|:\"<>?`-=[]\\;',./", "¡¿§¶†‡•…‰′″‹›⁂⁄₠",
    "¹²³⁴ₐₑ ªº µ ΐ ΰ ﷺ ﷽", "\U000e0061\U000e0062 tag chars \U000f0000 private \ue000 use", "\u0378 \u05ff \U0001fbff unassigned",
]


def sentence(source):
    return f"{source.choice(SUBJECTS)} {source.choice(VERBS)} {source.choice(OBJECTS)}."


def random_scalars(source, first, last, count):
    """Scalars of a block in small groups; surrogates are none."""
    out = []
    while len(out) < count:
        c = source.randint(first, last)
        if not 0xD800 <= c < 0xE000:
            out.append(chr(c) + (" " if source.random() < 0.2 else ""))
    return "".join(out)


def golden_texts():
    """At least 500 texts of all kinds."""
    source = random.Random(20260101)
    texts = list(ODD) + SCRIPTS + CODE + EMOJI
    texts += [sentence(source) for _ in range(130)]
    texts += [" ".join(sentence(source) for _ in range(source.randint(2, 12))) for _ in range(50)]
    texts += [source.choice(CODE) + "\n" + source.choice(CODE) for _ in range(30)]
    texts += [source.choice(SCRIPTS) + " " + source.choice(SCRIPTS) for _ in range(50)]
    texts += [" ".join([sentence(source), *source.sample(EMOJI, 3), sentence(source)])
              for _ in range(25)]
    texts += [unicodedata.normalize("NFD", source.choice(SCRIPTS)) for _ in range(25)]
    texts += ["".join(c + source.choice(["", "", "\u00ad", "\u200b", "\u0301"])
                      for c in sentence(source)) for _ in range(25)]
    blocks = [(0, 0x17F), (0x180, 0x36F), (0x370, 0x5FF), (0x600, 0x8FF), (0x900, 0xDFF),
              (0xE00, 0x11FF), (0x1200, 0x1CFF), (0x1D00, 0x1FFF), (0x2000, 0x2BFF),
              (0x2C00, 0x33FF), (0x3400, 0xA4CF), (0xA4D0, 0xABFF), (0xAC00, 0xD7FF),
              (0xF900, 0xFFFF), (0x10000, 0x11FFF), (0x1D000, 0x1FFFF), (0x20000, 0x2FFFF)]
    texts += [random_scalars(source, *block, 40) for block in blocks for _ in range(5)]
    long = " ".join(sentence(source) for _ in range(300))
    texts += [long[:10_000], long[:2_000], "漢字" * 5_000, "x" * 10_000, "a " * 5_000,
              ("word\n" * 300), "é" * 10_000]
    texts += ["word " * count for count in (252, 253, 254, 255, 256, 300)]
    return texts
