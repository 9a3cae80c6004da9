import type {Words} from './words.ts'

export const russian: Words = {
  language: 'ru',
  locale: 'ru',
  skipToContent: 'Перейти к содержанию',
  frontPage: 'Главная',
  breakingNews: 'Срочные новости',
  labels: {
    flash: 'Молния',
    breaking: 'Срочно',
    developing: 'Событие развивается',
    correction: 'Исправление',
    clarification: 'Уточнение',
    killed: 'Отозвано',
    withdrawn: 'Отозвано',
  },
  update: (number = 1) => (number > 1 ? `${number}-е обновление` : 'Обновлено'),
  by: (authors) => authors,
  firstPublished: 'Опубликовано',
  updated: 'Обновлено',
  updates: 'Что изменилось в этом материале',
  correctionsAndClarifications: 'Исправления и уточнения',
  related: 'По теме',
  moreStories: 'Другие материалы',
  source: 'Источник',
  picture: {
    missing: 'Нет снимка',
    file: 'Архивное фото.',
    credit: (name) => `Фото: ${name}`,
  },
  watchElsewhere: (title, host) => `${title} (на ${host})`,
  headlineMissing: 'Заголовка пока нет',
  backToFrontPage: 'На главную',
  tryAgain: 'Попробовать ещё раз',
  notFound: {
    title: 'По этому адресу ничего нет',
    sentence:
      'Возможно, в адресе опечатка или материал не был опубликован. Свежие новости — на главной.',
  },
  gone: {
    title: 'Этот материал отозван',
    sentence: 'Он больше не доступен.',
  },
  failed: {
    title: 'Страницу не удалось открыть',
    sentence: 'Ошибка на нашей стороне, мы о ней знаем. Попробуйте ещё раз через минуту.',
  },
  unavailable: {
    title: 'Новости сейчас недоступны',
    sentence: 'Обычно это длится не дольше минуты. Попробуйте ещё раз чуть позже.',
  },
  empty: {
    title: 'Пока ничего не опубликовано',
    sentence: 'Первый материал появится здесь сразу после выхода.',
  },
  offline: (time) => `Нет связи. Страница показана такой, какой была в ${time}.`,
  publishedBy: (publisher) => `Издатель: ${publisher}`,
}
