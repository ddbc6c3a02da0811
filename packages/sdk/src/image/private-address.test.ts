import { DownloadError } from '@ai-sdk/provider-utils';
import { describe, expect, it } from 'vitest';
import { refusePrivate } from './private-address.ts';
import { readRemote } from './read-remote.ts';

const inside = {
  loopback: ['127.0.0.1', '127.255.255.254', '::1', '0.0.0.0', '::'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', 'fc00::1', 'fd12:3456::1'],
  'link-local': ['169.254.169.254', 'fe80::1', 'febf::1', 'fec0::1'],
  'IPv6-mapped': ['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:a9fe:a9fe', '::127.0.0.1', '::ffff:0:10.0.0.1'],
  'behind a translator or tunnel': [
    '64:ff9b::7f00:1',
    '64:ff9b:1::a00:1',
    '2002:7f00:1::',
    '2002:a9fe:a9fe::1',
    '2001:0:7f00:1::',
  ],
  'not for hosts': ['224.0.0.1', '255.255.255.255', '240.0.0.1', 'ff02::1', '192.0.2.1', '198.18.0.1', '100::1'],
  'no address': ['', 'localhost', '127.1', '0x7f000001', '2130706433'],
};

describe('addresses', () => {
  it.each(Object.entries(inside))('are refused: %s', (_kind, addresses) => {
    for (const address of addresses) expect(() => refusePrivate(address), address).toThrow(DownloadError);
  });

  it.each([
    '93.184.215.14',
    '1.1.1.1',
    '172.32.0.1',
    '100.128.0.1',
    '2606:4700::1111',
    '2a00:1450::1',
    '::ffff:1.1.1.1',
  ])('are let through: %s', (address) => {
    expect(() => refusePrivate(address)).not.toThrow();
  });
});

describe('hosts of URLs', () => {
  // What parsers of URLs make 127.0.0.1, 169.254.169.254 or 10.0.0.1 of.
  const hosts = [
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
    '127.1',
    '127.0.0.1.',
    '①②⑦.0.0.1',
    '2852039166',
    '0251.0376.0251.0376',
    '012.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[0:0:0:0:0:ffff:7f00:1]',
    '[::]',
    '[2002:7f00:1::]',
    'localhost',
    'LOCALHOST.',
    'me@localhost',
    'metadata.google.internal',
    'printer.local',
    'a.localhost',
  ];

  it.each(hosts)('are refused without a question to any server: %s', async (host) => {
    const asked: string[] = [];
    const fetch = async () => {
      asked.push(host);
      return new Response('secret');
    };
    const resolve = async (name: string) => {
      asked.push(name);
      return [{ address: '1.1.1.1', family: 4 }];
    };
    const policy = { urls: () => true, maxBytes: 1000 };
    await expect(readRemote(`http://${host}:8080/`, policy, { resolve })).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await expect(readRemote(`http://${host}/`, { ...policy, fetch })).rejects.toMatchObject({ code: 'not-allowed' });
    expect(asked).toEqual([]);
  });

  it('are refused where a redirect leads to them', async () => {
    // Headers hold no other characters.
    for (const host of hosts.filter((name) => /^[\x20-\x7e]+$/.test(name))) {
      const asked: string[] = [];
      const fetch: typeof globalThis.fetch = async (target) => {
        asked.push(String(target));
        return new Response(null, { status: 302, headers: { location: `http://${host}/` } });
      };
      const policy = { urls: () => true, maxBytes: 1000, fetch };
      await expect(readRemote('http://pictures.example/', policy), host).rejects.toMatchObject({ code: 'not-allowed' });
      expect(asked).toEqual(['http://pictures.example/']);
    }
  });
});
