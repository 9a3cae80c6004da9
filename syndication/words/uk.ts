import type {Words} from './words.ts'

export const ukrainian: Words = {
  language: 'uk',
  locale: 'uk',
  skipToContent: 'Перейти до вмісту',
  frontPage: 'Головна',
  breakingNews: 'Термінові новини',
  labels: {
    flash: 'Блискавка',
    breaking: 'Терміново',
    developing: 'Подія розвивається',
    correction: 'Виправлення',
    clarification: 'Уточнення',
    killed: 'Відкликано',
    withdrawn: 'Відкликано',
  },
  update: (number = 1) => (number > 1 ? `Оновлення № ${number}` : 'Оновлено'),
  by: (authors) => authors,
  firstPublished: 'Опубліковано',
  updated: 'Оновлено',
  updates: 'Що змінилося в цьому матеріалі',
  correctionsAndClarifications: 'Виправлення та уточнення',
  related: 'На цю тему',
  moreStories: 'Інші матеріали',
  source: 'Джерело',
  picture: {
    missing: 'Немає знімка',
    file: 'Архівне фото.',
    credit: (name) => `Фото: ${name}`,
  },
  watchElsewhere: (title, host) => `${title} (на ${host})`,
  headlineMissing: 'Заголовка ще немає',
  backToFrontPage: 'На головну',
  tryAgain: 'Спробувати ще раз',
  notFound: {
    title: 'За цією адресою нічого немає',
    sentence:
      'Можливо, в адресі помилка або матеріал не було опубліковано. Свіжі новини — на головній.',
  },
  gone: {
    title: 'Цей матеріал відкликано',
    sentence: 'Він більше не доступний.',
  },
  failed: {
    title: 'Сторінку не вдалося відкрити',
    sentence: 'Помилка з нашого боку, ми про неї знаємо. Спробуйте ще раз за хвилину.',
  },
  unavailable: {
    title: 'Новини зараз недоступні',
    sentence: 'Зазвичай це триває не довше хвилини. Спробуйте ще раз трохи згодом.',
  },
  empty: {
    title: 'Поки що нічого не опубліковано',
    sentence: 'Перший матеріал з’явиться тут одразу після виходу.',
  },
  offline: (time) => `Немає зв’язку. Сторінку показано такою, якою вона була о ${time}.`,
  publishedBy: (publisher) => `Видавець: ${publisher}`,
}
