import LoreChat
import Testing

@Suite struct PorterStemTests {
    /// `word=stem`, as SQLite 3.40.1 stems with the tokenizer `porter unicode61`.
    private static let golden = """
        caresses=caress ponies=poni ties=ti caress=caress cats=cat feed=feed agreed=agre
        plastered=plaster bled=bled motoring=motor sing=sing conflated=conflat
        troubled=troubl sized=size hopping=hop tanned=tan falling=fall hissing=hiss
        fizzed=fizz failing=fail filing=file happy=happi sky=sky relational=relat
        conditional=condit rational=ration valenci=valenc hesitanci=hesit digitizer=digit
        conformabli=conform radicalli=radic differentli=differ vileli=vile analogousli=analog
        vietnamization=vietnam predication=predic operator=oper feudalism=feudal
        decisiveness=decis hopefulness=hope callousness=callous formaliti=formal
        sensitiviti=sensit sensibiliti=sensibl triplicate=triplic formative=form
        formalize=formal electriciti=electr electrical=electr hopeful=hope goodness=good
        revival=reviv allowance=allow inference=infer airliner=airlin gyroscopic=gyroscop
        adjustable=adjust defensible=defens irritant=irrit replacement=replac
        adjustment=adjust dependent=depend adoption=adopt homologou=homolog communism=commun
        activate=activ angulariti=angular homologous=homolog effective=effect
        bowdlerize=bowdler probate=probat rate=rate cease=ceas controll=control roll=roll
        indexing=index indexed=index tokens=token embedding=embed embeddings=embed
        queries=queri retrieval=retriev running=run analysis=analysi theology=theologi
        logy=logi geology=geologi skies=ski dying=dy lying=ly news=new is=is as=as bus=bu
        this=thi yes=ye y=y by=by boy=boi boys=boi playing=plai studies=studi
        agreement=agreement ement=ement ing=ing ed=ed eed=e 42=42 h264=h264 being=be oed=o
        university=univers universities=univers generalization=gener oscillators=oscil
        """

    @Test func `words have the stems that the full-text index gives them`() {
        for pair in Self.golden.split(whereSeparator: \.isWhitespace) {
            let parts = pair.split(separator: "=")
            let stem = PorterStem.of(Array(parts[0].utf8))
            #expect(String(decoding: stem, as: UTF8.self) == parts[1], "\(parts[0])")
        }
    }
}
