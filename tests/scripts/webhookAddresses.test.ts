import {describe, expect, test} from 'vitest'

import {isPublic, publicAddressesOf} from '../../scripts/webhooks/publicAddress.ts'

const v4 = (address: string) => ({address, family: 4}) as const
const v6 = (address: string) => ({address, family: 6}) as const

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '198.18.0.1',
  '192.0.2.1',
])('%s is not on the public internet', (address) => {
  expect(isPublic(v4(address))).toBe(false)
})

test.each([
  '::',
  '::1',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '2001:db8::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '0:0:0:0:0:ffff:a00:1',
  '::ffff:169.254.169.254',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '::127.0.0.1',
])('%s is not either', (address) => {
  expect(isPublic(v6(address))).toBe(false)
})

test('addresses of the public internet are', () => {
  const addresses = ['93.184.215.14', '1.1.1.1', '172.32.0.1', '100.128.0.1'].map(v4)
  const others = ['2606:4700:4700::1111', '2a00:1450:4001::1', '::ffff:1.1.1.1'].map(v6)
  expect([...addresses, ...others].map(isPublic)).not.toContain(false)
})

describe('an address in a URL', () => {
  test.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::1]/',
    'http://169.254.169.254/latest/meta-data',
  ])('%s is refused, however it is written', async (url) => {
    const asked = publicAddressesOf(new URL(url).hostname, {allowPrivate: false})
    await expect(asked).rejects.toThrow('which is not on the public internet')
  })

  test('of this machine is allowed where the setting says so', async () => {
    expect(await publicAddressesOf('127.0.0.1', {allowPrivate: true})).toEqual([v4('127.0.0.1')])
  })
})
