/** One colour people name. The first word of each list is the one shown. */
export interface NamedColour {
  readonly hex: `#${string}`;
  readonly en: readonly [string, ...string[]];
  /** Nouns and adnominal forms: 파랑, 파란색, 파란. */
  readonly ko: readonly [string, ...string[]];
  /** Adverbial forms, which come before verbs: 파랗게. */
  readonly koAdverb?: readonly string[];
}

/** What people mean by the word in front of a photograph; where that differs from the CSS keyword of the same name, the photograph wins. */
export const namedColours: readonly NamedColour[] = [
  {
    hex: '#ffffff',
    en: ['white'],
    ko: ['흰색', '하얀색', '흰', '하얀', '하양', '백색', '화이트'],
    koAdverb: ['하얗게', '희게', '새하얗게'],
  },
  {
    hex: '#0a0a0a',
    en: ['black'],
    ko: ['검은색', '검정색', '까만색', '검정', '검은', '까만', '흑색', '블랙'],
    koAdverb: ['검게', '까맣게', '새까맣게', '거멓게'],
  },
  { hex: '#808080', en: ['grey', 'gray'], ko: ['회색', '쥐색', '잿빛', '그레이'] },
  { hex: '#c0c0c0', en: ['silver'], ko: ['은색', '은빛', '실버'] },
  { hex: '#36393d', en: ['charcoal'], ko: ['차콜', '숯색', '먹색'] },
  {
    hex: '#d81e1e',
    en: ['red'],
    ko: ['빨간색', '빨강색', '붉은색', '빨강', '빨간', '붉은', '적색', '레드'],
    koAdverb: ['빨갛게', '붉게', '새빨갛게'],
  },
  { hex: '#7a1626', en: ['burgundy', 'maroon', 'wine'], ko: ['버건디', '와인색', '적갈색', '포도주색'] },
  { hex: '#f58220', en: ['orange'], ko: ['주황색', '주황', '오렌지색', '오렌지'] },
  { hex: '#ff7f66', en: ['coral', 'salmon'], ko: ['산호색', '코랄', '연어색'] },
  { hex: '#fbceb1', en: ['peach', 'apricot'], ko: ['살구색', '복숭아색', '피치'] },
  {
    hex: '#f7d117',
    en: ['yellow'],
    ko: ['노란색', '노랑색', '노랑', '노란', '황색', '옐로', '옐로우'],
    koAdverb: ['노랗게', '누렇게', '샛노랗게'],
  },
  { hex: '#d4a017', en: ['gold', 'golden'], ko: ['금색', '황금색', '금빛', '골드'] },
  { hex: '#d9b23a', en: ['mustard'], ko: ['겨자색', '머스타드'] },
  { hex: '#229a3b', en: ['green'], ko: ['초록색', '초록', '녹색', '그린'], koAdverb: ['푸르르게'] },
  { hex: '#8fd14f', en: ['lime', 'lime green', 'yellow green'], ko: ['연두색', '연두', '라임색', '라임'] },
  { hex: '#6b7a2b', en: ['olive'], ko: ['올리브색', '올리브', '국방색'] },
  { hex: '#8a8455', en: ['khaki'], ko: ['카키색', '카키'] },
  { hex: '#7fe0c0', en: ['mint', 'mint green'], ko: ['민트색', '민트', '박하색'] },
  { hex: '#0f8f8c', en: ['teal'], ko: ['청록색', '청록', '틸'] },
  { hex: '#30d5c8', en: ['turquoise', 'aqua', 'cyan'], ko: ['터키색', '옥색', '시안', '터콰이즈'] },
  { hex: '#7ec8f0', en: ['sky blue', 'azure'], ko: ['하늘색', '하늘빛', '스카이블루'] },
  {
    hex: '#1f5fd0',
    en: ['blue'],
    ko: ['파란색', '파랑색', '푸른색', '파랑', '파란', '푸른', '청색', '블루'],
    koAdverb: ['파랗게', '푸르게', '새파랗게', '퍼렇게'],
  },
  { hex: '#1b2a5c', en: ['navy', 'navy blue'], ko: ['남색', '네이비색', '네이비', '군청색'] },
  { hex: '#4b3fae', en: ['indigo'], ko: ['쪽빛', '인디고'] },
  { hex: '#7d3cb5', en: ['purple', 'violet'], ko: ['보라색', '보라', '자색', '퍼플', '보랏빛'] },
  { hex: '#c4a6e8', en: ['lavender', 'lilac'], ko: ['라벤더색', '라벤더', '연보라색', '연보라'] },
  { hex: '#d12ba8', en: ['magenta', 'fuchsia'], ko: ['자홍색', '마젠타', '자주색'] },
  { hex: '#f48fb1', en: ['pink'], ko: ['분홍색', '분홍', '핑크색', '핑크', '분홍빛'] },
  { hex: '#7b4a2a', en: ['brown'], ko: ['갈색', '밤색', '고동색', '브라운', '초콜릿색'] },
  { hex: '#c49a6c', en: ['tan', 'camel'], ko: ['황갈색', '캐멀색', '낙타색'] },
  { hex: '#e3d2b4', en: ['beige', 'sand'], ko: ['베이지색', '베이지', '모래색'] },
  { hex: '#fbf5df', en: ['cream', 'ivory'], ko: ['크림색', '아이보리색', '아이보리', '미색', '상아색'] },
];
