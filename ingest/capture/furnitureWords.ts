import {phrases} from './fold.ts'

/** What a media player says about itself; any one of these makes a player block. */
export const playerWords = phrases(`
  please wait | please wait, loading | no media source currently available | loading
  no live streaming currently available | your browser doesn’t support html5 | your browser does not support html5
  пожалуйста, подождите | подождите, пожалуйста | нет источника медиа | медиафайл недоступен
  зачекайте, будь ласка | будь ласка, зачекайте | немає медіаджерела | калі ласка, пачакайце
  لطفا صبر کنید | لطفاً صبر کنید | منتظر بمانید | الرجاء الانتظار | يرجى الانتظار | انتظار فرمائیے | براہ کرم انتظار کیجیے
  مهرباني وکړئ انتظار وکړئ | gözləyin | zəhmət olmasa, gözləyin | lütfen bekleyin | күте тұрыңыз | күтүп туруңуз
  илтимос кутиб туринг | iltimos, kutib turing | көтегез | лутфан интизор шавед | սպասեք խնդրեմ | խնդրում ենք սպասել
  დაელოდეთ | გთხოვთ, დაელოდოთ | molimo sačekajte | molimo pričekajte | молимо сачекајте | ве молиме почекајте
  моля, изчакайте | ju lutem prisni | vă rugăm așteptați | așteptați | por favor, espere | espere, por favor
  por favor aguarde | veuillez patienter | bitte warten | attendere prego | mohon tunggu | tunggu sebentar | xin chờ | vui lòng chờ
  请等待 | 请稍候 | 請稍候 | 잠시만 기다려 주세요 | 잠시 기다려 주십시오 | กรุณารอสักครู่ | proszę czekać | kérem várjon
  currently no media source | no hay fuente de medios disponible | aucune source média disponible actuellement
  tidak ada sumber media | 没有媒体可用资源 | 沒有媒體可用資源 | 현재 사용 가능한 미디어 소스가 없습니다 | không có nguồn phương tiện truyền thông
`)

/** Controls that stand around a player. Furniture anywhere, but no player by themselves. */
export const playerControls = phrases(`
  direct link | embed | embed share | pop-out player | pop out player | auto | download | download file
  listen | watch | play | pause | mute | fullscreen | width | height | px | width px height px | no link
  the code has been copied to your clipboard | the url has been copied to your clipboard | copy code
  скачать медиафайл | скачать | прямая ссылка | код | встроить | вставить | слушать | смотреть
  завантажити | пряме посилання | вбудувати | пряма загрузка | прамая спасылка | تحميل | رابط مباشر | تضمين
  دانلود | لینک مستقیم | کد امبد | birbaşa link | yüklə | doğrudan bağlantı | indir | тікелей сілтеме | түз линк
  ուղիղ հղում | ներբեռնել | პირდაპირი ლინკი | ჩამოტვირთვა | direktan link | direktni link | preuzmi | директен линк
  linku direkt | link direct | descarcă | enlace directo | descargar | incrustar | ligação direta | lien direct
  télécharger | intégrer | direkter link | tautan langsung | unduh | đường dẫn trực tiếp | 直接链接 | 直接鏈接 | 다운로드 | 직접 링크
`)

/** Share, print and comment controls. */
export const shareWords = phrases(`
  share | share this | share this story | share on facebook | share on twitter | share on x | share on whatsapp
  print | print view | print this | email | email this | tweet | copy link | link copied | follow us | subscribe
  comments | comment | leave a comment | view comments | see comments | forum | facebook | twitter | telegram
  whatsapp | viber | linkedin | pinterest | save | bookmark | add comment | enable javascript
  поделиться | поделиться в facebook | поделиться в telegram | распечатать | печать | версия для печати | комментарии
  комментировать | комментарии (0) | поширити | поділитися | друкувати | роздрукувати | коментарі | падзяліцца
  همرسانی | اشتراک‌گذاری | به اشتراک بگذارید | چاپ | نظرات | شارك | مشاركة | طباعة | تعليقات | شیئر | شیئر کریں
  پرنٹ | تبصرے | شریک کړئ | چاپول | paylaş | paylaşın | çap et | şərhlər | yazdır | yorumlar | бөлісу | бөлүшүү
  басып шығару | улашиш | ulashish | уртаклашыгыз | паҳн кунед | կիսվել | տպել | մեկնաբանություններ | გაზიარება
  ბეჭდვა | კომენტარები | podijeli | podeli | štampaj | printaj | komentari | сподели | печати | коментари | shpërndaje
  printo | komente | distribuie | tipărește | comentarii | compartir | imprimir | comentarios | compartilhar | partilhar
  comentários | partager | imprimer | commentaires | teilen | drucken | kommentare | condividi | stampa | bagikan
  cetak | komentar | chia sẻ | in trang | bình luận | 分享 | 打印 | 列印 | 评论 | 공유 | 인쇄 | 댓글 | udostępnij | megosztás
`)

/** Marks of the box about an author. */
export const bioMarks = phrases(`
  16x9 image | 1x1 image | 4x3 image | 9x16 image | 3x2 image | image | author image
  about the author | об авторе | про автора | درباره نویسنده | yazar hakkında | o autoru | sobre el autor
`)

/** Links to other stories. A line may be one of these alone, or begin with one and a colon. */
export const promoWords = phrases(`
  read more | read also | see also | also read | watch also | related | related stories | related articles
  more | more on this | more on this story | more stories | more from | recommended | you may also like | must read
  continue reading | don’t miss | don’t miss it | subscribe here | recommended stories | editors’ picks | most read
  читайте также | читать также | смотрите также | смотри также | еще по теме | по теме | читать дальше | подробнее
  читайте ще | читайте також | дивіться також | більше за темою | більше про це | чытайце таксама | глядзіце таксама
  بیشتر بخوانید | در همین زمینه | همچنین بخوانید | اقرأ أيضا | اقرأ المزيد | المزيد | یہ بھی پڑھیں | یہ بھی پڑھیے | نور ولولئ
  həmçinin bax | həmçinin oxu | oxu | daha ətraflı | ayrıca okuyun | ayrıca bakınız | ilgili haberler | тағы оқыңыз
  ағай оқыңыз | оқи отырыңыз | дагы окуңуз | яна ўқинг | шунингдек ўқинг | shuningdek o‘qing | шулай ук укыгыз | ҳамчунин хонед
  կարդացեք նաև | դիտեք նաև | ასევე ნახეთ | ასევე წაიკითხეთ | წაიკითხეთ აგრეთვე | pročitajte i | pročitajte još | pogledajte i
  прочитајте и | прочитајте уште | прочетете още | lexo edhe | shih edhe | citește și | citiți și | vezi și | lea también
  lea además | vea también | te puede interesar | leia também | leia mais | veja também | lire aussi | à lire aussi
  à lire également | voir aussi | lesen sie auch | mehr zum thema | leggi anche | baca juga | lihat juga | đọc thêm | xem thêm
  相关阅读 | 参阅 | 更多 | 相關閱讀 | 관련 기사 | 더 보기 | もっと読む | อ่านเพิ่มเติม | czytaj także | olvassa el | przeczytaj też
`)

/** From one of these on, the page shows other stories. */
export const otherStories = phrases(`
  all of the latest news | latest news | more news | more from this section | other stories | more in this section
  последние новости | все новости | другие новости | лента новостей | останні новини | інші новини | усі новини
  تازه‌ترین خبرها | خبرهای دیگر | آخر الأخبار | مزید خبریں | digər xəbərlər | son xəbərlər | diğer haberler | son haberler
  басқа жаңалықтар | башка кабарлар | бошқа хабарлар | այլ լուրեր | სხვა ამბები | ostale vijesti | ostale vesti | други вести
  lajme të tjera | alte știri | más noticias | otras noticias | mais notícias | autres articles | weitere nachrichten
  berita lainnya | tin khác | 更多新闻 | 其他新闻 | 다른 기사
`)

/** Stray names of the page's widths, which its style sheet should have hidden. */
export const breakpointNames: ReadonlySet<string> = new Set(['XS', 'SM', 'MD', 'LG', 'XL', 'XXL'])

/** What a picture from the archive is called in its caption. */
export const filePhotoMarks =
  /^(?:file|file photo|archive|archive photo|архив|архивное фото|архівне фото|архів|арxiv|arxiv|arşiv|arhiva|arhivă|archivo|foto de archivo|arquivo|archives|photo d['’]archives|arsip|آرشیو|عکس آرشیوی|أرشيف|صورة أرشيفية|资料照|資料照|자료사진)\s*[-–—:：]\s*|\((?:[^()]*[\s,;])?(?:file photo|file|архивное фото|архив|архівне фото|архів|arxiv|arşiv|arhiva|arhivska fotografija|foto de archivo|archivo|arquivo|photo d['’]archives|archives|foto arsip|عکس آرشیوی|آرشیو|صورة أرشيفية|أرشيف|资料照片|资料照|자료사진)\)/iu
