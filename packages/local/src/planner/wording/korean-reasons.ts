import { koreanName } from '../../detect/vocabulary.ts';
import { withParticle } from './particles.ts';

type Translation = readonly [english: RegExp, korean: (...groups: readonly string[]) => string];

const light = '([\\d.]+), chroma ([\\d.]+), hue (\\d+)°';

/** What the tools say after a second look or when they fail, in their own words on the left. No final punctuation. */
const translations: readonly Translation[] = [
  [
    /^no (.+) is seen there any more$/,
    (label) => `${withParticle(koreanName(label), '이/가')} 더 이상 보이지 않습니다`,
  ],
  [
    /^an? (.+) is still (?:seen )?there \((\d+) %\)$/,
    (label, score) => `${withParticle(koreanName(label), '이/가')} 아직 보입니다(${score} %)`,
  ],
  [
    /^no (.+) is seen there any more; what reaches beyond the edit looks like one \((\d+) %\)$/,
    (label) => `${withParticle(koreanName(label), '이/가')} 더 이상 보이지 않습니다`,
  ],
  [
    /^what was cut out looks like an? (.+) \((\d+) %\), not an? (.+)$/,
    (seen, score, named) =>
      `오려낸 것은 ${withParticle(koreanName(named), '이/가')} 아니라 ${withParticle(koreanName(seen), '으로/로')} 보입니다(${score} %)`,
  ],
  [/^no pixel changed$/, () => '바뀐 픽셀이 없습니다'],
  [
    /^nothing that was recognised was there before$/,
    () => '편집 전에 무엇이 있었는지 알아보지 못해 비교할 수 없습니다',
  ],
  [/^"(.+)" is not seen there$/, (thing) => `${withParticle(`“${thing}”`, '이/가')} 보이지 않습니다`],
  [
    /^"(.+)" is seen there \((\d+) %\)$/,
    (thing, score) => `${withParticle(`“${thing}”`, '이/가')} 보입니다(${score} %)`,
  ],
  [/^asked whether it is there: "(.*)"$/s, (said) => `있는지 물어보니 답은 “${said}”였습니다`],
  [/^the region (?:is empty|shows no paint)$/, () => '선택한 부분에 칠할 것이 없습니다'],
  [
    new RegExp(
      `^(\\d+) % of the region repainted, (\\d+) % of its main colour; main colour now: lightness ${light} \\(asked lightness ${light}; before lightness ${light}\\)$`,
    ),
    (region, main, l, c, h, l1, c1, h1, l0, c0, h0) =>
      `선택한 부분의 ${region} %, 주된 색의 ${main} %가 칠해졌고, 지금 주된 색은 밝기 ${l}, 채도 ${c}, 색상 ${h}°입니다(요청한 색은 ${l1}, ${c1}, ${h1}°, 편집 전에는 ${l0}, ${c0}, ${h0}°)`,
  ],
  [
    /^fine detail ([\d.]+) before, ([\d.]+) after \(.+\)$/,
    (old, now) => `이웃 픽셀과의 평균 차이가 편집 전 ${old}, 편집 후 ${now}입니다`,
  ],
  [
    /^(\d+) % of the pixels equal their neighbour \(before (\d+) %\)$/,
    (now, old) => `이웃과 같은 픽셀이 ${now} %입니다(편집 전 ${old} %)`,
  ],
  [
    /^mean luminance ([\d.]+) before, ([\d.]+) after \(.+\)$/,
    (old, now) => `평균 밝기가 편집 전 ${old}, 편집 후 ${now}입니다`,
  ],
  [/^([\d.]+) % of the outline carries (rgb\(.+\))$/, (share, colour) => `윤곽선의 ${share} %가 ${colour}입니다`],
  [
    /^mean chroma ([\d.]+) before, ([\d.]+) after \(OKLab\), lightness within ([\d.]+)$/,
    (old, now, shift) => `평균 채도가 편집 전 ${old}, 편집 후 ${now}이고 밝기 차이는 ${shift} 이내입니다`,
  ],
  [
    /^(\d+ x \d+) cut down to (\d+ x \d+) pixels, (\d+) of them changed, the whole thing inside$/,
    (old, now, changed) => `${old}에서 ${now} 픽셀로 잘랐고, 바뀐 픽셀은 ${changed}개이며, 대상이 모두 들어 있습니다`,
  ],
  [
    /^(\d+ x \d+) cut down to (\d+ x \d+) pixels, (\d+) of them changed, part of the thing cut off$/,
    (old, now, changed) => `${old}에서 ${now} 픽셀로 잘랐고, 바뀐 픽셀은 ${changed}개이며, 대상의 일부가 잘렸습니다`,
  ],
  [
    /^the thing with its margin fills the picture: there is nothing to cut off$/,
    () => '대상과 여백이 사진을 가득 채워 잘라낼 것이 없습니다',
  ],
  [/^the picture is level already$/, () => '사진은 이미 수평이 맞습니다'],
  [
    /^no long straight lines show how far the picture leans: say by how many degrees$/,
    () => '얼마나 기울었는지 알려 주는 긴 직선이 없습니다. 몇 도 돌릴지 말해 주세요',
  ],
  [/^a turn by 0° changes nothing$/, () => '0도를 돌리면 바뀌는 것이 없습니다'],
  [/^the picture is too narrow to be turned$/, () => '사진이 너무 좁아 돌릴 수 없습니다'],
  [
    /^turned by (-?)([\d.]+)° clockwise and cut to (\d+ x \d+) pixels \(mean difference to the turned original ([\d.]+) of 255\)(?:; (.+))?$/,
    (minus, angle, size, difference, rest) =>
      `${minus === '-' ? '반시계' : '시계'} 방향으로 ${angle}° 돌리고 ${size} 픽셀로 잘랐으며, 돌린 원본과의 평균 차이는 ${difference}${afterTurn(rest)}`,
  ],
  [/^([\d.]+) % of the region is (rgb\(.+\))$/, (share, colour) => `선택한 부분의 ${share} %가 ${colour}입니다`],
  [/^([\d.]+) % of the region is fully transparent$/, (share) => `선택한 부분의 ${share} %가 완전히 투명합니다`],
  [
    /^Nothing in the picture matches "(.+)", and nothing else was recognised$/,
    (phrase) => `사진에 “${phrase}”에 맞는 것이 없고, 다른 것도 알아보지 못했습니다`,
  ],
  [/^No main subject was recognised in the picture$/, () => '사진의 주된 피사체를 알아보지 못했습니다'],
  [/^Name the subject, or give a box around it$/, () => '무엇인지 말해 주세요'],
  [/^Nothing could be cut out there$/, () => '그곳에서 오려낼 것을 찾지 못했습니다'],
  [/^Name the thing differently, or give a box or points$/, () => '다른 말로 불러 보세요'],
  [/^Give a tighter box, or points on the thing$/, () => '더 정확한 위치를 알려 주세요'],
  [/^There is no edit to undo$/, () => '되돌릴 편집이 없습니다'],
  [/^There is no edit (\S+) in this session$/, (id) => `이 세션에는 편집 ${id}이(가) 없습니다`],
  [/^The mask is empty: there is nothing to edit$/, () => '선택한 부분이 비어 있어 편집할 것이 없습니다'],
  [/^Out of memory$/i, () => '메모리가 부족합니다'],
  [
    /^The local detector cannot recognise (.+?)\. It knows (\d+) things: .+$/s,
    (named, count) =>
      `내장 검출기는 ${named.replaceAll('"', '').replaceAll(' and ', ', ')}을(를) 알아보지 못합니다. 알아보는 것은 ${count}가지입니다`,
  ],
  [
    /^Use one of the words it knows, or add .+$/s,
    () => '알아보는 낱말을 쓰거나, 어떤 낱말이든 아는 백엔드(OWLv2가 있는 triton)를 추가하세요',
  ],
  [
    /^This needs (\S+), and no configured backend can (\w+) \(configured: (.+)\)$/,
    (tool, _capability, configured) =>
      `${tool} 도구가 필요한데, 설정된 백엔드(${configured}) 가운데 할 수 있는 것이 없습니다`,
  ],
  [/^These could: (.+)$/, (backends) => `할 수 있는 백엔드: ${backends}`],
  [
    /^The backend (\S+) \((.+)\) failed to (\w+): (.+)$/s,
    (backend, model, _name, why) => `백엔드 ${backend}(${model})가 실패했습니다. ${inKorean(why)}`,
  ],
];

/** What the lines say after the picture was turned. */
function afterTurn(rest: string | undefined): string {
  const lean = rest === undefined ? undefined : /^its lines lean by ([\d.]+)° now$/.exec(rest)?.[1];
  if (lean !== undefined) return `이고 이제 선들의 기울기는 ${lean}°입니다`;
  return rest === undefined ? '입니다' : '이지만 다시 확인할 직선을 찾지 못했습니다';
}

/** A tool's reason in Korean, without final punctuation; what is not known is quoted, so that a sentence never ends in it. */
export function inKorean(reason: string): string {
  const bare = reason.trim().replace(/[.\s]+$/, '');
  for (const [english, korean] of translations) {
    const match = english.exec(bare);
    if (match) return korean(...match.slice(1));
  }
  return /[가-힣]/.test(bare) ? bare : `도구의 말은 “${bare}”입니다`;
}
