import type {Words} from './words.ts'

const digits = new Intl.NumberFormat('fa')

export const persian: Words = {
  language: 'fa',
  locale: 'fa',
  skipToContent: 'رفتن به محتوا',
  frontPage: 'صفحهٔ نخست',
  breakingNews: 'خبر فوری',
  labels: {
    flash: 'بسیار فوری',
    breaking: 'خبر فوری',
    developing: 'در حال تکمیل',
    correction: 'اصلاحیه',
    clarification: 'توضیح',
    killed: 'پس گرفته شد',
    withdrawn: 'پس گرفته شد',
  },
  update: (number = 1) => (number > 1 ? `به‌روزرسانی ${digits.format(number)}` : 'به‌روزرسانی'),
  by: (authors) => authors,
  firstPublished: 'نخستین انتشار',
  updated: 'به‌روزرسانی',
  updates: 'تغییرات این گزارش',
  correctionsAndClarifications: 'اصلاحیه‌ها و توضیح‌ها',
  related: 'گزارش‌های مرتبط',
  moreStories: 'گزارش‌های دیگر',
  source: 'منبع',
  picture: {
    missing: 'عکس موجود نیست',
    file: 'عکس آرشیوی.',
    credit: (name) => `عکس: ${name}`,
  },
  watchElsewhere: (title, host) => `${title} (در ${host})`,
  headlineMissing: 'هنوز تیتر ندارد',
  backToFrontPage: 'به صفحهٔ نخست',
  tryAgain: 'تلاش دوباره',
  notFound: {
    title: 'در این نشانی گزارشی نیست',
    sentence:
      'شاید نشانی نادرست نوشته شده باشد یا این گزارش منتشر نشده باشد. تازه‌ترین خبرها در صفحهٔ نخست است.',
  },
  gone: {
    title: 'این گزارش پس گرفته شده است',
    sentence: 'این گزارش دیگر در دسترس نیست.',
  },
  failed: {
    title: 'این صفحه باز نشد',
    sentence: 'خطایی از سوی ما رخ داد و ثبت شد. کمی بعد دوباره تلاش کنید.',
  },
  unavailable: {
    title: 'خبرها اکنون در دسترس نیست',
    sentence: 'این وضع معمولاً در یک دقیقه برطرف می‌شود. کمی بعد دوباره تلاش کنید.',
  },
  empty: {
    title: 'هنوز چیزی منتشر نشده است',
    sentence: 'نخستین گزارش به‌محض انتشار همین‌جا دیده خواهد شد.',
  },
  offline: (time) => `ارتباط قطع است. این صفحه مربوط به ساعت ${time} است.`,
  publishedBy: (publisher) => `ناشر: ${publisher}`,
}
