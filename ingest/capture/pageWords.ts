import {fold, phrases} from './fold.ts'

/**
 * The words that news pages say about themselves, in the languages of the page families that we
 * know (the Voice of America, Radio Free Europe/Radio Liberty, Martí, and papers like them). They
 * are compared folded (see `fold`) and as whole lines, whatever the story's language is.
 */

/** "Skip to …" headings for screen readers, by language: they also tell which service a page is of. */
const SKIP_LINKS = `
  am: ተደራሽነት ያላቸው ማገናኛዎች | በቀላሉ የመሥሪያ ማገናኛዎች
  ar: روابط الوصول | روابط سهولة الوصول | روابط إمكانية الوصول | انتقل إلى المحتوى الرئيسي
  az: keçid linkləri | əlçatanlıq linkləri | əlçatan linklər
  be: лінкі ўнівэрсальнага доступу | спасылкі даступнасці
  bg: линкове за достъпност | достъпни връзки | връзки за достъпност
  bn: অ্যাকসেসিবিলিটি লিংক
  bs: dostupni linkovi | linkovi pristupačnosti | linkovi dostupnosti
  ckb: لینکی دەستگەیشتن | به‌سته‌ره‌کانی ده‌ستڕاگه‌یشتن
  cs: odkazy pro usnadnění přístupu | přejít k hlavnímu obsahu
  de: barrierefreie links | zum hauptinhalt springen | zum inhalt springen
  en: accessibility links | accessible links | skip links | skip to content | skip to main content | skip to main navigation | skip to navigation | skip to search
  es: enlaces de accesibilidad | enlaces para accesibilidad | saltar al contenido
  fa: لینک‌های قابل دسترسی | لینکهای قابل دسترسی | لینک‌های قابلیت دسترسی | لینکهای دسترسی
  fr: liens d'accessibilité | aller au contenu principal
  ha: hanyoyin shiga
  hi: पहुँच लिंक | ऐक्सेसिबिलिटी लिंक
  hu: akadálymentes hivatkozások | ugrás a fő tartalomra
  hy: մատչելիության հղումներ
  id: tautan-tautan akses | tautan akses
  it: link di accessibilità | vai al contenuto
  ja: アクセシビリティリンク
  ka: ბმულები ხელმისაწვდომობისთვის | ხელმისაწვდომობის ბმულები
  kk: қолжетімділік сілтемелері | қол жеткізу сілтемелері
  km: ភ្ជាប់ទៅគេហទំព័រទាក់ទង
  ko: 연결 가능 링크 | 접근성 링크
  ky: линктер | жеткиликтүүлүк шилтемелери
  lo: ລິ້ງ ສຳຫລັບເຂົ້າຫາ
  mk: линкови за пристапност | достапни линкови
  my: သတင်းလင့်များ
  ps: د لاسرسي وړ لینکونه | لاس رسي وړ لېنکونه | د لاسرسۍ لینکونه
  pt: links de acessibilidade | ligações de acessibilidade | saltar para o conteúdo
  ro: linkuri accesibilitate | linkuri de accesibilitate
  ru: линки доступности | ссылки доступности | ссылки для упрощенного доступа | ссылки | перейти к основному содержанию
  so: isku xirrada
  sq: lidhjet e qasshme | lidhje | lidhjet e arritshme
  sr: линкови приступачности | доступни линкови
  sw: viungo vya ufikiaji
  tg: пайвандҳои дастрасӣ | линкҳои дастрасӣ
  th: ลิ้งค์เชื่อมต่อ
  tk: elýeterlilik baglanyşyklary
  tr: erişilebilirlik | erişilebilirlik bağlantıları
  uk: доступність посилання | посилання доступності | спеціальні можливості
  ur: رسائی کے لنکس | رسائی لنکس
  uz: линклар | havolalar | qulaylik havolalari
  vi: đường dẫn truy cập
  zh: 无障碍链接 | 無障礙鏈接 | 無障礙連結
`

const skipLinkLanguages = new Map(
  SKIP_LINKS.trim()
    .split('\n')
    .flatMap((row) => {
      const [language = '', links = ''] = row.split(': ')
      return links.split(' | ').map((link): [string, string] => [fold(link), language.trim()])
    }),
)

/** Beginnings of "accessible", "access" and "skip": they give away a first line we have no list entry for. */
const SKIP_LINK_STEMS =
  /accessib|acessib|accesib|accessibilit|erişile|əlçatan|dostupn|pristup|qasshm|arritsh|доступн|доступу|достъп|пристап|приступач|қолжетім|жеткилик|дастрас|دسترس|لاسرس|رسائی|وصول|մատչելի|ხელმისაწვდომ|无障碍|無障礙|truy cập|접근성|^skip to\b/u

/** The language of a skip link; `'unknown'` for one only known by its stem; undefined when it is none. */
export function skipLinkLanguage(text: string, isFirstLine: boolean): string | undefined {
  const folded = fold(text)
  const language = skipLinkLanguages.get(folded)
  if (language !== undefined) return language
  const brief = folded.split(' ').length <= 5 && folded.length <= 45
  return isFirstLine && brief && SKIP_LINK_STEMS.test(folded) ? 'unknown' : undefined
}

/** Labels above a headline that plainly mean breaking news. */
export const breakingLabels = phrases(`
  breaking news | breaking | breaking now | latest: breaking news | urgent | flash | news alert
  срочно | срочная новость | срочные новости | молния | экстренные новости | горячая новость
  термінова новина | термінові новини | терміново | тэрміновыя навіны | тэрмінова
  خبر فوری | خبرهای فوری | فوری | عاجل | خبر عاجل | أخبار عاجلة | بریکنگ نیوز | تازہ ترین خبر
  بيړنی خبر | بیړنی خبر | عاجل خبر | تازه خبر | هەواڵی بەپەلە | هه‌واڵی به‌په‌له‌
  son xəbər | təcili xəbər | təcili | qaynar xəbər | son dakika | son dakika haberi | flaş haber
  кайнар хәбәр | ашыгыч хәбәр | шұғыл хабар | шұғыл | ыкчам кабар | шашылыш кабар | шошилинч хабар
  тезкор хабар | tezkor xabar | shoshilinch xabar | хабари фаврӣ | хабари таъҷилӣ | gyssagly habar
  հրատապ | հրատապ լուր | շտապ | სასწრაფო ამბავი | სასწრაფოდ | ახალი ამბავი | ცხელი ამბავი
  udarna vijest | udarna vest | najnovija vijest | najnovija vest | hitna vijest | hitno | prijelomna vijest
  ударна вест | најнова вест | итна вест | хитно | извънредни новини | извънредно | lajm i fundit
  lajmi i fundit | lajme të fundit | ştire de ultimă oră | știre de ultimă oră | ultima oră | știri de ultimă oră
  última hora | noticia de última hora | noticias de última hora | urgente | última notícia | últimas notícias
  dernière heure | dernière minute | flash info | alerte info | eilmeldung | eil | ultima ora | ultim’ora
  berita terkini | berita terbaru | tin nóng | tin mới nhận | tin khẩn | 突发新闻 | 突發新聞 | 快讯 | 快訊
  속보 | 긴급 뉴스 | 速報 | ニュース速報 | ข่าวด่วน | ข่าวล่าสุด | ព័ត៌មានថ្មីៗ | ຂ່າວດ່ວນ | သတင်းထူး
  ब्रेकिंग न्यूज़ | ताज़ा ख़बर | ব্রেকিং নিউজ | সর্বশেষ | ሰበር ዜና | habari za hivi punde | habari mpya
  pilne | z ostatniej chwili | rendkívüli | friss hír | mimořádná zpráva | έκτακτη είδηση | laatste nieuws
`)

/** Labels in the same place that may be the page's breaking label or only its front section. */
export const likelyLabels = phrases(`
  top news | top stories | top story | latest | just in | developing | developing story | live
  топ новини | топ-новини | топ новости | главное | главные новости | головне | головні новини
  галоўнае | галоўныя навіны | топ вести | топ новини | најнови вести | най-важното | најновије
  najvažnije vijesti | top vijesti | top vesti | lajmet kryesore | știrile zilei | top știri
  əsas xəbər | əsas xəbərlər | top xəbər | öne çıkanlar | басты жаңалық | башкы кабар | муҳим хабарлар
  მთავარი ამბავი | მთავარი თემა | գլխավոր լուր | հիմնական լուր | مهم‌ترین خبرها | أهم الأخبار | اہم خبریں
  lo más destacado | destacado | destaques | à la une | berita utama | tin chính | 头条新闻 | 頭條新聞 | 주요 뉴스
`)

/** Titles of a page that lists stories, and names of a paper's sections: furniture above a headline. */
export const pageTitles = phrases(`
  headlines | all headlines | latest news | all of the latest news | news in brief | newswire
  سرخط خبرها | سرخط اخبار | تازه‌ترین خبرها | آخرین خبرها | أبرز العناوين | آخر الأخبار | تازہ ترین خبریں
  последние новости | лента новостей | заголовки | все новости | останні новини | стрічка новин
  усі новини | найновіше | apşaçi xəbərlər | bütün xəbərlər | son xəbərlər | son haberler | manşetler
  соңғы жаңалықтар | жаңылыктар | янгиликлар | сўнгги хабарлар | хабарҳои охирин | соңгы хәбәрләр
  najnovije vijesti | najnovije vesti | sve vijesti | најнове вести | ultimele știri | toate știrile
  titulares | últimas noticias | manchetes | les titres | schlagzeilen | berita | 要闻 | 最新消息 | 헤드라인
`)

/** Names of sections above a headline. */
export const sectionNames = phrases(`
  news | world | politics | society | economy | business | culture | opinion | sport | sports
  usa | u.s. news | us news | europe | africa | asia | middle east | east asia | russia | ukraine
  iran | science & health | health | technology | features | analysis | interview | commentary
  новости | политика | общество | экономика | мир | в мире | культура | мнения | сша | европа
  новини | політика | суспільство | економіка | світ | навіны | палітыка | грамадзтва | интервью
  اخبار | خبرها | ایران | جهان | سیاست | اقتصاد | فرهنگ | جامعه | گزارش | أخبار | سياسة | العالم
  خبریں | پاکستان | دنیا | خبرونه | افغانستان | xəbərlər | siyasət | cəmiyyət | iqtisadiyyat | dünya
  haberler | siyaset | ekonomi | türkiye | жаңалықтар | саясат | қоғам | экономика | хәбәрләр | сәясәт
  լուրեր | քաղաքականություն | հասարակություն | ամբեր | ამბები | პოლიტიკა | საზოგადოება | მსოფლიო
  vijesti | vesti | politika | društvo | svijet | svet | ekonomija | вести | политика | lajme | politikë
  știri | politică | societate | economie | lume | américa latina | mundo | política | economía | cuba
  noticias | venezuela | monde | politique | société | économie | afrique | politik | wirtschaft | dunia
  indonesia | amerika | thế giới | việt nam | hoa kỳ | 美国 | 中国 | 世界 | 国际 | 한반도 | 미국 | 세계
`)

/** The flag that says a story has changed since it first stood there. */
export const updateFlags = phrases(`
  update | updated | обновлено | обновление | дополнено | оновлено | оновлення | абноўлена
  به‌روز شده | به‌روزرسانی | به روز شد | محدث | تحديث | اپڈیٹ | تازه شوی | yeniləndi | yenilənib | güncellendi
  güncelleme | жаңартылды | жаңыртылды | яңартылды | янгиланди | yangilandi | թարմացված | განახლებული | განახლდა
  ažurirano | dopunjeno | ажурирано | дополнето | актуализирано | përditësuar | actualizat | actualizare
  actualizado | actualización | atualizado | mis à jour | mise à jour | aktualisiert | aggiornato | diperbarui
  cập nhật | 更新 | 已更新 | 업데이트 | ปรับปรุง | zaktualizowano | frissítve | aktualizováno | አዲስ መረጃ
`)
