import {DesktopIcon} from '@sanity/icons/Desktop'
import {MobileDeviceIcon} from '@sanity/icons/MobileDevice'
import {Button, Flex, Stack, Text} from '@sanity/ui'
import {useId, useMemo, useState} from 'react'

import type {Banner} from '../../queries/breaking.ts'
import {primaryLanguage} from '../../syndication/language.ts'
import {wordsFor} from '../../syndication/words/wordsFor.ts'
import {studioSettings} from '../currentSettings.ts'
import {useNewsroomClock} from '../desk/newsroomClock.ts'
import {bannerPage, siteLanguage} from '../preview/previewPage.ts'
import {BannerFrame} from './BannerFrame.tsx'

/** What readers hold, in CSS pixels; from the wide one on the site sets larger type. */
const widths = [
  {title: 'Wide screen', icon: DesktopIcon, pixels: 900, fills: true},
  {title: 'Phone', icon: MobileDeviceIcon, pixels: 390, fills: false},
] as const

/**
 * A banner exactly as readers will see it at the moment it goes up: the site's own HTML and styles. On pages of a story in
 * another language than the site's (`language`, BCP 47) the banner speaks that one, and both are shown.
 */
export function BannerAsRead({
  banner,
  language,
  title = 'Readers will see',
  testId = 'banner-as-read',
}: {
  banner: Banner
  language?: string | undefined
  title?: string
  testId?: string
}) {
  const id = useId()
  const {timeZone} = useNewsroomClock()
  const [chosen, setChosen] = useState<(typeof widths)[number]>(widths[0])
  const pages = useMemo(
    () =>
      placesOf(language).map((place) => ({
        ...place,
        html: bannerPage(
          banner,
          {language: place.language, timeZone},
          {...studioSettings, siteUrl: location.origin},
        ),
      })),
    [banner, language, timeZone],
  )
  return (
    <Stack gap={3} as="section" aria-labelledby={id}>
      <Flex gap={1} align="center">
        <Flex flex={1}>
          <Text size={1} weight="medium" id={id}>
            {title}
          </Text>
        </Flex>
        {widths.map((width) => (
          <Button
            key={width.title}
            type="button"
            icon={width.icon}
            mode="bleed"
            padding={2}
            aria-label={width.title}
            title={width.title}
            selected={chosen === width}
            aria-pressed={chosen === width}
            onClick={() => setChosen(width)}
          />
        ))}
      </Flex>
      {pages.map(({name, where, html}) => (
        <Stack gap={2} key={name}>
          {pages.length > 1 && (
            <Text size={1} muted>
              {where}
            </Text>
          )}
          <BannerFrame
            html={html}
            pixels={chosen.pixels}
            fills={chosen.fills}
            title={`The banner, ${where}`}
            testId={`${testId}-${name}`}
          />
        </Stack>
      ))}
    </Stack>
  )
}

type Place = {name: 'site' | 'story'; where: string; language: string | undefined}

/** Where readers meet the banner: in the site's language, and on the story's own page in the story's. */
function placesOf(language: string | undefined): Place[] {
  const site: Place = {
    name: 'site',
    where: 'on the front page',
    language: undefined,
  }
  if (language === undefined || primaryLanguage(language) === siteLanguage) return [site]
  const {language: spoken} = wordsFor(language, siteLanguage)
  const name = new Intl.DisplayNames('en', {type: 'language'}).of(spoken) ?? spoken
  return [site, {name: 'story', where: `on the story’s own page, in ${name}`, language}]
}
