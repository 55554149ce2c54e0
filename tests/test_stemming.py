"""Stems: the forms of a word meet, different words do not, and the lists behind that are in order."""

import csv
import re
import tomllib
from pathlib import Path

import pytest

from pesona.search import stemming
from pesona.search.stemming import stem
from pesona.text.folding import fold, words

ROOT = Path(__file__).parent.parent
HERE = ROOT / "pesona/search"
ROOTS = (HERE / "roots-id.txt").read_text("utf-8").splitlines()


def rows(locale: str) -> list[tuple[str, str]]:
    with (HERE / f"exceptions-{locale}.csv").open(encoding="utf-8", newline="") as file:
        return [(row["form"], row["stem"]) for row in csv.DictReader(file)]


def table(text: str) -> list[tuple[str, str]]:
    """Return (form, stem) for each line `stem: form form …` of *text*."""
    lines = [line.split(":") for line in text.strip().splitlines()]
    return [(form, root.strip()) for root, forms in lines for form in forms.split()]


INDONESIAN = table("""
wisata: wisata wisatawan wisatawati wisatanya berwisata agrowisata ekowisata darmawisata pramuwisata
pariwisata: pariwisata kepariwisataan
raya: raya merayakan perayaan dirayakan perayaannya
masak: memasak masakan dimasak masakannya pemasak
makam: makam pemakaman dimakamkan makamnya memakamkan
nikmat: menikmati kenikmatan dinikmati menikmatinya
renang: berenang perenang
mandi: pemandian permandian memandikan dimandikan mandinya
tempat: setempat menempati ditempatkan penempatan bertempat
tari: tari menari penari tarian menarikan ditarikan tariannya
kunjung: berkunjung kunjungan pengunjung mengunjungi dikunjungi mengunjunginya kunjungilah pengunjungnya
pandang: memandang pemandangan dipandang pandangan berpandangan
labuh: berlabuh pelabuhan melabuhkan
terbang: penerbangan menerbangkan diterbangkan beterbangan
gunung: pegunungan gunungnya gegunungan
kampung: perkampungan kampungnya sekampung
sultan: kesultanan sultannya
inap: menginap penginapan
tinggal: peninggalan meninggalkan ditinggalkan tertinggal
raja: kerajaan kerajaannya rajanya merajai
seberang: menyeberang penyeberangan menyeberangi diseberangi berseberangan menyeberanginya
layar: berlayar pelayaran pelayar
dayung: mendayung pendayung mendayungnya
laut: pelaut melaut kelautan lautan
nyanyi: bernyanyi menyanyi penyanyi nyanyian dinyanyikan
jelajah: menjelajah menjelajahi penjelajah penjelajahan
jalan: berjalan perjalanan pejalan menjalankan dijalankan
daki: mendaki pendaki pendakian
selam: menyelam penyelam penyelaman
kuda: berkuda kudanya
sepeda: bersepeda pesepeda
naik: menaiki dinaiki kenaikan menaikkan
turun: menurunkan keturunan diturunkan
kemah: berkemah perkemahan
foto: berfoto fotonya
tenun: menenun penenun tenunan ditenun
batik: membatik pembatik batiknya
ukir: mengukir ukiran pengukir berukir
anyam: menganyam anyaman dianyam
pahat: memahat pemahat pahatan
lukis: melukis pelukis lukisan
tempa: menempa ditempa penempa
rajin: perajin pengrajin kerajinan
seni: kesenian seniman seniwati
budaya: kebudayaan budayawan membudayakan
sejarah: bersejarah sejarawan kesejarahan
ilmu: keilmuan ilmuwan ilmiah
sastra: sastrawan
makan: makanan memakan dimakan makanannya
minum: minuman meminum diminum peminum
goreng: menggoreng gorengan digoreng
rebus: merebus rebusan direbus
panggang: memanggang dipanggang
bakar: membakar dibakar kebakaran
rempah: rempahnya berempah
saji: menyajikan disajikan sajian penyajian sesaji
santap: menyantap disantap santapan
jual: menjual penjual penjualan berjualan dijual
beli: membeli pembeli pembelian dibelikan
dagang: berdagang pedagang perdagangan dagangan
tani: bertani petani pertanian
kebun: perkebunan berkebun
sawah: persawahan
hutan: kehutanan hutannya
ikan: perikanan ikannya
nelayan: nelayannya
ternak: beternak peternak peternakan
tanam: menanam tanaman ditanam penanaman
panen: memanen dipanen pemanen
pohon: pepohonan pohonnya
daun: dedaunan daunnya
batu: bebatuan berbatu
bunga: berbunga bebungaan
bukit: perbukitan berbukit
air: perairan pengairan berair
pulau: kepulauan pulaunya
danau: danaunya
sungai: sungainya
pantai: pantainya
candi: candinya percandian
masjid: mesjid masjidnya
salat: sholat shalat
ziarah: berziarah peziarah diziarahi menziarahi
doa: berdoa mendoakan didoakan
ibadah: beribadah
adat: adatnya beradat
upacara: upacaranya
pakai: memakai pakaian berpakaian pemakai
hias: hiasan menghias perhiasan dihiasi
bangun: bangunan membangun pembangunan dibangun terbangun
diri: berdiri didirikan mendirikan pendiri pendirian
buka: membuka dibuka terbuka pembukaan
tutup: menutup ditutup tertutup penutupan
pugar: memugar pemugaran dipugar
resmi: meresmikan peresmian diresmikan
simpan: menyimpan disimpan penyimpanan tersimpan
pamer: memamerkan pameran dipamerkan
temu: menemukan bertemu penemuan pertemuan ditemukan
cari: mencari pencarian dicari
lihat: melihat terlihat dilihat memperlihatkan
dengar: mendengar pendengar terdengar
ajar: belajar mengajar pelajar pelajaran mempelajari pembelajaran
duduk: berkedudukan kedudukan penduduk pendudukan menduduki
pimpin: pemimpin kepemimpinan memimpin dipimpin
satu: persatuan bersatu mempersatukan pemersatu kesatuan
besar: memperbesar membesarkan kebesaran terbesar
panjang: sepanjang memperpanjang perpanjangan
indah: keindahan terindah memperindah
sejuk: kesejukan menyejukkan
bersih: membersihkan kebersihan
tenang: ketenangan menenangkan
dekat: mendekati terdekat kedekatan
tua: tertua
api: berapi perapian
ubah: mengubah berubah perubahan diubah mengubahnya
urus: mengurus pengurus kepengurusan diurus
isi: mengisi berisi pengisi
awas: pengawas pengawasan mengawasi
jaga: menjaga penjaga penjagaan
rawat: merawat perawat perawatan terawat
lindung: melindungi perlindungan terlindungi
lestari: melestarikan pelestarian kelestarian
perintah: pemerintah pemerintahan memerintah
rumah: perumahan rumahnya
kota: perkotaan kotanya
desa: pedesaan perdesaan desanya
angkut: mengangkut angkutan pengangkutan
tumpang: menumpang penumpang
cat: mengecat pengecatan dicat
bom: mengebom pengeboman
tahun: tahunan menahun bertahun
percaya: kepercayaan mempercayai dipercaya
menara: menaranya
jamuan: menjamu dijamu jamuan
kerja: bekerja pekerja pekerjaan
santri: pesantren
""")

ENGLISH = table("""
child: children
man: man
woman: women
foot: feet
tooth: teeth
fisherman: fishermen fisherman
craftsman: craftsmen
weav: weave weaves weaving woven wove weaver weavers
sing: sang sung singing singer singers
swim: swam swum swimming swimmers
ride: rode ridden rider riding rides
build: built building buildings builders
danc: dance dancer dancers dancing danced
carv: carve carver carvings carved
visit: visit visitor visitors visiting
travel: traveller travellers traveling travelled
histori: history historic historical historians
pilgrim: pilgrimage pilgrims
religion: religious religions
music: musician musical
color: colour colours coloured
harbor: harbour harbours
rule: ruler rulers ruled
sultan: sultans sultanate
palac: palace palaces
mosqu: mosque mosques
organic: organic
organiz: organization organisations organised
univers: universe universes
university: universities
officer: officers
trade: trader traders trading
write: wrote written writer
eat: eaten eating
river: river rivers
""")

APART = [
    tuple(pair.split("/"))
    for pair in """
balai/bala melayu/layu sungai/sunga pantai/pant beruang/uang beruang/ruang mengetahui/tahu diketahui/tahu
pengetahuan/tahu kepala/pala kelapa/lapa perahu/rahu seluruh/luruh selatan/selat lebaran/lebar tanjakan/tanjak
pertunjukan/petunjuk jamuan/jamu alasan/alas bagian/bagi berapa/apa sebuah/buah seekor/ekor seorang/orang
selalu/lalu selama/lama setelah/telah merapi/rapi berapi/rapi mengubah/kubah mengurus/kurus mengaku/kaku
pengawasan/kawasan karangan/karang pengarang/karang pelampung/lampung kuningan/kuning tualang/tuai
petualang/tualang mengalami/alam pengalaman/alam perempuan/empu pengantin/kantin kering/ring ringan/ring
rambutan/rambut durian/duri terasi/teras teratai/rata kecapi/kecap kedai/dai kediri/diri keluar/luar
kenduri/kendur kepada/pada kerinci/rinci kemudian/mudi permata/mata permisi/misi perdana/dana
peserta/serta pesisir/sisir petai/peta sepeda/peda sekayu/kayu selayar/layar seberang/berang
sebatik/batik sekali/kali sekarang/karang selada/lada selai/sela menteri/teri meriam/riam maluku/malu
masalah/masa nilai/nila mulai/nila pulai/pula gulai/gula rangkai/rangka divisi/visi arisan/aris
keluang/luang peluang/luang penyengat/sengat sekupang/kupang mengkapan/kapan pemalang/malang peroleh/oleh
memperoleh/oleh perhatian/hati terlalu/lalu terhadap/hadap siak/sia sakai/saka kesturi/tur main/makan
""".split()
]

APART_IN_ENGLISH = [
    tuple(pair.split("/"))
    for pair in """
university/universe organ/organic organization/organ general/generous news/new business/busy officer/office
important/import customer/custom experiment/experience emergency/emerge authority/author arsenal/arsenic
mosque/mosquito international/internal convention/convent sultan/sultry marine/marinate season/seasoning
police/policy desert/dessert royal/royalty temple/temporary palace/place
""".split()
]


def shipped_words(locale: str) -> set[str]:
    """Return all words of the shipped texts in *locale*."""
    found: set[str] = set()
    for path in (ROOT / "pesona/demo").rglob("*.toml"):
        found.update(words(str(tomllib.loads(path.read_text("utf-8")).get(locale, ""))))
    return found


@pytest.mark.parametrize(("form", "expected"), INDONESIAN)
def test_indonesian_forms_have_the_stem_of_their_root(form: str, expected: str) -> None:
    assert stem(form, "id") == expected


@pytest.mark.parametrize(("form", "expected"), ENGLISH)
def test_english_forms_have_one_stem(form: str, expected: str) -> None:
    assert stem(form, "en") == expected


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(one, "id") != stem(other, "id")


@pytest.mark.parametrize(("one", "other"), APART_IN_ENGLISH)
def test_different_english_words_stay_apart(one: str, other: str) -> None:
    assert stem(one, "en") != stem(other, "en")


@pytest.mark.parametrize("name", "perawang merempan buantan bengkalis pelalawan semarang perawang mempura".split())
def test_a_place_is_its_own_stem(name: str) -> None:
    assert stem(name, "id") == name


@pytest.mark.parametrize("word", ["", "di", "air", "1889", "km2", "abad20", "ke2nya"])
def test_short_words_and_numbers_are_their_own_stem(word: str) -> None:
    assert stem(word, "id") == stem(word, "en") == word


@pytest.mark.parametrize(
    "word",
    [
        "x" * 40,
        "me" * 20,
        "dike" * 10,
        "nya" * 13,
        "kannya" * 6,
        "nya" * 5000,
        "memper" * 5000,
        "سياق",
        "memperdikeberse",
    ],
)
def test_odd_and_endless_words_do_no_harm(word: str) -> None:
    for locale in ("id", "en"):
        assert stem(word, locale)


def test_the_stem_of_a_stem_is_itself() -> None:
    # Snowball's English stems are no words and may be cut again, so only our own are asked.
    for word in set(ROOTS) | shipped_words("id") | {form for form, _ in rows("id")}:
        once = stem(word, "id")
        assert stem(once, "id") == once, word


def test_a_root_is_its_own_stem() -> None:
    assert [root for root in ROOTS if stem(root, "id") != root] == []


@pytest.mark.parametrize("locale", ["id", "en"])
def test_the_stem_of_an_exception_is_at_rest(locale: str) -> None:
    assert [row for row in rows(locale) if stem(row[1], locale) != row[1]] == []


def test_the_stem_of_an_indonesian_exception_is_a_root() -> None:
    assert {wanted for _, wanted in rows("id")} - set(ROOTS) == set()
    assert {form for form, _ in rows("id")} & set(ROOTS) == set()


@pytest.mark.parametrize("locale", ["id", "en"])
def test_every_exception_is_needed(locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for form, wanted in rows(locale):
        with monkeypatch.context() as without:
            without.delitem(stemming._EXCEPTIONS[locale], form)
            assert stem.__wrapped__(form, locale) != wanted, form


def test_the_lists_are_sorted_folded_and_without_doubles() -> None:
    for given in (ROOTS, [form for form, _ in rows("id")], [form for form, _ in rows("en")]):
        assert given == sorted(set(given))
        assert [word for word in given if fold(word) != word or not re.fullmatch("[a-z]{3,}", word)] == []
