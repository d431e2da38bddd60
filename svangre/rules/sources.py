"""The sources that rules and questions quote. Tags are those of docs/sources.md.

`read_on` is the day the statement was taken over into this product. SST and GM are named by many of the others;
`note` says what was not read, so that nobody takes a second-hand statement for the text itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

TAKEN_OVER = date(2026, 11, 24)


@dataclass(frozen=True)
class Source:
    """A published statement. `edition` is what the publisher calls it; "" where none is given."""

    tag: str
    title: str
    publisher: str
    edition: str
    url: str
    read_on: date = TAKEN_OVER
    note: str = ""

    @property
    def line(self) -> str:
        """For readers: title, publisher, edition."""
        return ", ".join(part for part in (self.title, self.publisher, self.edition) if part)


ALK = Source(
    "ALK",
    "Alkohol i graviditeten, risikovurdering og opsporing",
    "Jordemoderforeningen",
    "Sundhedsstyrelsens råd 2007",
    "https://jordemoderforeningen.dk/tidsskriftsartikel/alkohol-i-graviditeten-risikovurdering-og-opsporing/",
)
ASA17 = Source(
    "ASA17",
    "Hypertension og præeklampsi, profylakse",
    "DSOG",
    "2017/18",
    "https://dokumen.tips/documents/hypertension-og-praeeklampsi-institut-for-klinisk-praegestationel-diabetes.html",
)
ASA25 = Source(
    "ASA25",
    "1. trimester-screening for præeklampsi",
    "Ugeskrift for Læger",
    "28.04.2025",
    "https://ugeskriftet.dk/videnskab/1-trimester-screening-praeeklampsi",
)
ASB = Source(
    "ASB",
    "Urinvejsinfektioner og asymptomatisk bakteriuri hos gravide",
    "Sundhedsstyrelsen, Rationel Farmakoterapi 8",
    "2016, rettet 2019",
    "https://sundhedsstyrelsen.dk/da/udgivelser/2016/Rationel-Farmakoterapi-8-2016/Urinvejsinfektioner-og-asymptomatisk-bakteriuri-hos-gravide",
)
BEK = Source(
    "BEK",
    "Bekendtgørelse om helbredsundersøgelse af gravide",
    "Retsinformation",
    "i kraft 01.05.2009",
    "https://www.retsinformation.dk/Forms/R0710.aspx?id=124498",
    note="senere ændringer er ikke undersøgt",
)
CAL = Source(
    "CAL", "Graviditet: beregning af termin", "infosundhed.dk", "", "https://infosundhed.dk/kvindesygdomme/graviditet"
)
CAL2 = Source(
    "CAL2",
    "Terminsberegning",
    "Jordemoderforeningen",
    "",
    "https://jordemoderforeningen.dk/tidsskriftsartikel/terminsberegning/",
)
CASE = Source(
    "CASE",
    "Borgernær digitalisering i velfærdspraksis",
    "lederliv.dk",
    "data fra 2015",
    "https://www.lederliv.dk/artikel/case-om-borgern%C3%A6r-digitalisering-i-velf%C3%A6rdspraksis",
)
DSAM = Source(
    "DSAM",
    "Type 2-diabetes, bilag 2: gestationel diabetes",
    "DSAM",
    "",
    "https://vejledninger.dsam.dk/type2/?mode=showPage&pageId=141",
)
EPI = Source(
    "EPI",
    "EPI-NYT 24/2023",
    "Statens Serum Institut",
    "2023",
    "https://www.ssi.dk/aktuelt/nyhedsbreve/epi-nyt/2023/uge-24---2023",
)
FAM = Source(
    "FAM",
    "Familieambulatorier, VEJ 49 af 30.06.2009, og henvisningskriterier",
    "Sundhedsstyrelsen og Region Nordjylland",
    "2009",
    "https://pri.rn.dk/Sider/12968.aspx",
)
FD20 = Source(
    "FD20",
    "Retningslinjer for fosterdiagnostik",
    "Sundhedsstyrelsen",
    "2017, rev. november 2020",
    "https://www.sst.dk/da/Udgivelser/2020/Retningslinjer-for-fosterdiagnostik",
)
FOL = Source(
    "FOL",
    "Folsyre",
    "pro.medicin.dk",
    "rev. 16.09.2021",
    "https://pro.medicin.dk/Laegemiddelgrupper/grupper/71020",
)
FOTO = Source(
    "FOTO",
    "1. trimester-screeningen og Føtodatabasen",
    "Ugeskrift for Læger",
    "",
    "https://ugeskriftet.dk/videnskab/1-trimester-screeningen-og-foetodatabasen",
)
G1 = Source(
    "G1",
    "Maternity data card, datamodel for Graviditetsmappens pilot",
    "Sundhedsdatastyrelsen",
    "27.01.2021",
    "https://github.com/trifork/dk-maternity-facade-api",
)
GBS_ARTICLE = Source(
    "GBS",
    "Behandling af tilfældigt fund af gruppe B-streptokokker i urin hos gravide",
    "Ugeskrift for Læger",
    "14.06.2021",
    "https://ugeskriftet.dk/videnskab/behandling-af-tilfaeldigt-fund-af-gruppe-b-streptokokker-i-urin-hos-gravide",
)
GDM14 = Source(
    "GDM14",
    "Gestationel diabetes, screening",
    "DSOG",
    "Sandbjerg 2014",
    "https://fdocument.pub/document/godkendtpsandbjergmdet2014-gestationeldiabetesmellitus-2014-12-21.html",
)
GM = Source(
    "GM",
    "Graviditetsmappen v2, FHIR-model",
    "Trifork for Sundhedsdatastyrelsen",
    "0.1.0, 03.10.2025",
    "https://github.com/trifork/gm-fhir-ig",
)
GP1 = Source(
    "GP1",
    "Instruks for 1. graviditetsundersøgelse",
    "en almen praksis",
    "efter Sundhedsstyrelsen 2013",
    "https://www.69884887.dk/1004-2/",
)
GP2 = Source(
    "GP2",
    "Instruks for graviditetsundersøgelse uge 25",
    "en almen praksis",
    "efter Sundhedsstyrelsen 2013",
    "https://www.69884887.dk/3-graviditetsundersoegelse-2-uge-25/",
)
HB = Source(
    "HB",
    "Det danske screeningsprogram for hæmoglobinopatier",
    "Ugeskrift for Læger",
    "18.01.2021",
    "https://ugeskriftet.dk/videnskab/det-danske-screeningsprogram-haemoglobinopatier",
)
HB2 = Source(
    "HB2",
    "Hæmoglobintype, laboratorievejledning",
    "Region Sjælland",
    "",
    "http://lmv.regionsjaelland.dk/KB/dokument.asp?DokID=324585",
)
HDP23 = Source(
    "HDP23",
    "Preeclampsia and hypertension, guideline bulletin",
    "DSOG, Danish Journal of Obstetrics and Gynaecology",
    "2023",
    "https://djog.org/index.php/djog/article/view/53",
)
HVI = Source(
    "HVI",
    "Graviditet, fødsel og efter fødsel",
    "Hvidovre Hospital",
    "",
    "https://www.hvidovrehospital.dk/undersoegelse-og-behandling/find-undersoegelse-og-behandling/Sider/Graviditet-foedsel-og-efter-foedsel-349662.aspx",
)
INF = Source(
    "INF",
    "Generel screening af gravide for hepatitis B, hiv og syfilis, VEJ 9423",
    "Sundhedsstyrelsen",
    "17.08.2010",
    "https://dski.dk/books/17-600-screening-af-gravide-for-hepatitis-b-human-immundefektvirus-og-syfilis/",
)
IPV = Source(
    "IPV",
    "Systematisk screening for vold: STOP og Sammen uden vold",
    "Region Syddanmark og Hvidovre Hospital",
    "2021–24",
    "https://stop-ipv.eu/da/dansk/",
)
LH = Source(
    "LH",
    "Lægehåndbogen: Svangerskabskontrol",
    "sundhed.dk",
    "efter Sundhedsstyrelsen 2021",
    "https://www.sundhed.dk/sundhedsfaglig/laegehaandbogen/obstetrik/tilstande-og-sygdomme/svangerskabsomsorg/svangerskabskontrol",
)
LHG = Source(
    "LHG",
    "Lægehåndbogen: Gestationel diabetes",
    "sundhed.dk",
    "efter 2023",
    "https://www.sundhed.dk/sundhedsfaglig/laegehaandbogen/obstetrik/tilstande-og-sygdomme/risikofaktorer-i-svangerskabet/gestationel-diabetes-gdm",
)
NIV = Source(
    "NIV",
    "Svangreomsorgens fire niveauer",
    "medicin.wiki, Jordemoderforeningen og DSOG »Sårbare gravide«",
    "2014–2018",
    "https://jordemoderforeningen.dk/tidsskriftsartikel/gravide-med-psykologiske-psykiatriske-og-eller-svare-sociale-problemer/",
    note="kriterieteksten fra 2021/22 er ikke læst",
)
NSP1 = Source(
    "NSP1",
    "GSR, guide til anvendere",
    "nspop.dk",
    "",
    "https://www.nspop.dk/display/public/web/GSR+-+Guide+til+anvendere",
)
NSP2 = Source(
    "NSP2",
    "GMv2: indhold og forretningsregler",
    "nspop.dk",
    "",
    "https://www.nspop.dk/display/GRAV/Indhold+og+forretningsregler",
)
P = Source("P", "Svangerskabsjournal ST 97.012M og Vandrejournal ST 97.021/022", "Sundhedsstyrelsen", "2010–2011", "")
PENEWS = Source(
    "PENEWS",
    "Gravide tjekkes for risiko for svangerskabsforgiftning",
    "erhvervsfronten.dk",
    "",
    "https://erhvervsfronten.dk/andre-nyheder/gravide-tjekkes-for-risiko-for-at-faa-svangerskabsforgiftning",
)
RH = Source(
    "RH",
    "Henvisning og visitation til afdeling for graviditet, fødsel og barsel",
    "Rigshospitalet",
    "",
    "https://www.rigshospitalet.dk/afdelinger-og-klinikker/julianemarie/graviditet-foedsel-og-barsel/kontakt-og-info/Sider/henvisning-og-visitation-til-afdeling-for-graviditet-foedsel-og-barsel.aspx",
)
RHD = Source(
    "RHD",
    "A1.120 RhD-immunprofylakse",
    "Dansk Selskab for Klinisk Immunologi",
    "efter Sundhedsstyrelsen 2021",
    "https://dski.dk/books/a1-120-rhd-immunprofylakse/",
)
RSV = Source(
    "RSV",
    "RSV-vaccination af gravide, EPI-NEWS 38/2025",
    "Statens Serum Institut og Sundhedsstyrelsen",
    "2025",
    "https://en.ssi.dk/news/epi-news/2025/no-38---2025",
)
RSV_SST = Source(
    "RSV_SST",
    "RSV-vaccination",
    "Sundhedsstyrelsen",
    "2025",
    "https://www.sst.dk/vaccination-til-gravide/rsv-vaccination",
)
SCH = Source(
    "SCH",
    "Jordemoderkonsultationer",
    "Region Nordjylland, efter Sundhedsstyrelsen 2021",
    "2021",
    "https://pri.rn.dk/Sider/22218.aspx",
)
SST = Source(
    "SST",
    "Anbefalinger for svangreomsorgen",
    "Sundhedsstyrelsen",
    "4. udgave, september 2022",
    "https://sundhedsstyrelsen.dk/da/udgivelser/2022/Anbefalinger-for-svangreomsorgen",
    note="kun omtalen er læst, ikke selve udgivelsen",
)
TSH = Source(
    "TSH",
    "Thyroideasygdom ved graviditet og infertilitet",
    "Dansk Endokrinologisk Selskab, NBV",
    "gældende",
    "https://endocrinology.dk/nbv/thyroideasygdomme/thyroideasygdom-ved-graviditet-og-infertiliet/",
)
TSH2 = Source(
    "TSH2",
    "Thyreoideasygdomme, instruks",
    "Amager og Hvidovre Hospital",
    "",
    "http://sprogtek-ressources.digst.govcloud.dk/Sundhedskorpus/",
)
TWK = Source(
    "TWK",
    "Is TWEAK a valid screening questionnaire among pregnant women in Denmark?",
    "Bad, Kesmodel m.fl.",
    "data fra 2000",
    "https://discovery.researcher.life/article/is-tweak-a-valid-screening-questionnaire-to-identify-alcohol-risk-drinkers-among-pregnant-women-in-denmark/1d0f87703b3338baa699475006fc4693",
)
TWN = Source(
    "TWN",
    "TWEAK og AUDIT-C for gravide",
    "Norsk Helseinformatikk",
    "",
    "https://nhi.no/skjema-og-kalkulatorer/kalkulatorer/alkohol/tweak-og-audit-c-for-gravide/",
)
VAX = Source(
    "VAX",
    "Vaccination af gravide mod kighoste og influenza",
    "en almen praksis, efter Sundhedsstyrelsen",
    "2023",
    "https://xn--familielgernemiddelfart-g9b.dk/saesonvaccination",
)
VJ = Source(
    "VJ",
    "Din vandrejournal",
    "Herlev Hospital",
    "",
    "https://www.herlevhospital.dk/afdelinger-og-klinikker/graviditet-og-foedsel/graviditet/graviditetsforloeb/Sider/Din-vandrejournal.aspx",
)
VTE = Source(
    "VTE",
    "Graviditet medfører øget risiko for venøs tromboemboli",
    "Ugeskrift for Læger",
    "2015",
    "https://doczz.net/doc/7085028/graviditet-medf%C3%B8rer-%C3%B8get-risiko-for-ven%C3%B8s-tromboemboli",
    note="DSOGs pointmodel er ikke læst",
)
WHOGDM = Source(
    "WHOGDM",
    "Danmark går imod WHO",
    "graviditetsdiabetes.mediajungle.dk",
    "2025",
    "https://graviditetsdiabetes.mediajungle.dk",
)
DECISIONS = Source(
    "D",
    "Projektets beslutninger, hvor kilderne tier eller er uenige",
    "Digital Svangrejournal",
    "24.11.2026",
    "",
    note="gælder, til en kliniker eller myndigheden siger andet",
)
KNOWLEDGE = Source(
    "K",
    "Faglig viden uden kilde: skal kontrolleres af en kliniker",
    "Digital Svangrejournal",
    "uverificeret",
    "",
    note="vises kun som uverificeret forslag",
)

SOURCES: dict[str, Source] = {
    source.tag: source
    for source in (
        ALK, ASA17, ASA25, ASB, BEK, CAL, CAL2, CASE, DSAM, EPI, FAM, FD20, FOL, FOTO, G1, GBS_ARTICLE, GDM14, GM, GP1,
        GP2, HB, HB2, HDP23, HVI, INF, IPV, LH, LHG, NIV, NSP1, NSP2, P, PENEWS, RH, RHD, RSV, RSV_SST, SCH, SST, TSH,
        TSH2, TWK, TWN, VAX, VJ, VTE, WHOGDM, DECISIONS, KNOWLEDGE,
    )
}  # fmt: skip
