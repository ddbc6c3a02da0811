/** A word that covers several labels at once. */
export interface KnownGroup {
  readonly name: string;
  readonly korean: string;
  /** Other words for the same group, singular, lower case. */
  readonly also: readonly string[];
  readonly labels: readonly string[];
}

/** One thing the detectors can name. */
export interface KnownThing {
  /** What the model calls it. */
  readonly label: string;
  /** Plain Korean name. */
  readonly korean: string;
  /** Other words for the same thing, singular, lower case. */
  readonly also?: readonly string[];
  /** Words for kinds of it that the model cannot tell apart: a "woman" is only ever seen as a person. */
  readonly kinds?: readonly string[];
}

/** The 80 classes of COCO, in the order of the model's channels, and the face of the second model. */
export const knownThings: readonly KnownThing[] = [
  {
    label: 'person',
    korean: '사람',
    also: ['human', 'human being', 'somebody', 'someone', 'anybody', 'anyone', '인물', '인간'],
    kinds: `man woman boy girl kid child baby toddler teenager adult lady guy gentleman astronaut player pedestrian
      tourist bride groom worker driver rider cyclist skier surfer
      남자 여자 남성 여성 소년 소녀 아이 어린이 아기 아저씨 아줌마 할머니 할아버지 우주인 우주비행사 학생 선수 청년`.split(
      /\s+/,
    ),
  },
  { label: 'bicycle', korean: '자전거', also: ['bike', 'cycle', 'push bike', 'pushbike'], kinds: ['mountain bike'] },
  {
    label: 'car',
    korean: '자동차',
    also: ['automobile', 'motor car', 'motorcar', 'auto', '차', '승용차'],
    kinds: ['taxi', 'cab', 'sedan', 'jeep', 'sports car', 'suv', 'hatchback', '택시', '스포츠카'],
  },
  {
    label: 'motorcycle',
    korean: '오토바이',
    also: ['motorbike', 'motor bike', 'moto'],
    kinds: ['scooter', 'moped', '스쿠터'],
  },
  {
    label: 'airplane',
    korean: '비행기',
    also: ['plane', 'aeroplane', 'aircraft', '항공기'],
    kinds: ['jet', 'jetliner', 'airliner', '여객기', '전투기'],
  },
  { label: 'bus', korean: '버스', also: ['omnibus'], kinds: ['minibus', 'double decker', 'school bus'] },
  {
    label: 'train',
    korean: '기차',
    also: ['열차'],
    kinds: ['tram', 'locomotive', 'subway', 'metro', '지하철', '전철'],
  },
  {
    label: 'truck',
    korean: '트럭',
    also: ['lorry', '화물차'],
    kinds: ['pickup', 'pickup truck', 'van', 'fire truck', 'fire engine', 'tow truck', '밴', '소방차'],
  },
  {
    label: 'boat',
    korean: '보트',
    also: ['배', '선박'],
    kinds: ['ship', 'sailboat', 'sailing boat', 'yacht', 'ferry', 'canoe', 'kayak', 'rowboat', '요트', '카누'],
  },
  { label: 'traffic light', korean: '신호등', also: ['stoplight', 'stop light', 'traffic signal', '교통신호등'] },
  { label: 'fire hydrant', korean: '소화전', also: ['hydrant'] },
  { label: 'stop sign', korean: '정지 표지판', also: ['정지표지판', '멈춤 표지판'] },
  { label: 'parking meter', korean: '주차 미터기', also: ['주차미터기'] },
  { label: 'bench', korean: '벤치', also: ['park bench'] },
  {
    label: 'bird',
    korean: '새',
    also: ['birdie', '조류'],
    kinds:
      `pigeon dove seagull gull duck swan goose eagle hawk owl parrot sparrow crow robin chicken hen rooster flamingo
      비둘기 갈매기 오리 백조 독수리 부엉이 앵무새 참새 까마귀 닭`.split(/\s+/),
  },
  {
    label: 'cat',
    korean: '고양이',
    also: ['kitty', 'pussycat', 'pussy cat', 'moggy', '야옹이', '냥이'],
    kinds: ['kitten', 'tabby', 'tabby cat', 'house cat', '새끼고양이', '새끼 고양이', '아기 고양이'],
  },
  {
    label: 'dog',
    korean: '개',
    also: ['doggy', 'doggie', 'pooch', 'hound', '강아지', '멍멍이'],
    kinds: [
      ...'puppy pup poodle labrador retriever terrier bulldog beagle husky corgi chihuahua dachshund pug 푸들 진돗개 리트리버'.split(
        ' ',
      ),
      ...['golden retriever', 'german shepherd', 'border collie', 'guide dog', '골든 리트리버', '안내견'],
    ],
  },
  { label: 'horse', korean: '말', kinds: ['pony', 'foal', 'stallion', 'mare', '망아지', '조랑말'] },
  { label: 'sheep', korean: '양', kinds: ['lamb', 'ram', 'ewe', '어린 양'] },
  { label: 'cow', korean: '소', also: ['cattle', '젖소'], kinds: ['bull', 'calf', 'ox', '황소', '송아지'] },
  { label: 'elephant', korean: '코끼리' },
  { label: 'bear', korean: '곰', kinds: ['polar bear', 'grizzly', 'brown bear', '북극곰', '불곰'] },
  { label: 'zebra', korean: '얼룩말' },
  { label: 'giraffe', korean: '기린' },
  { label: 'backpack', korean: '배낭', also: ['rucksack', 'knapsack', '백팩', '책가방'] },
  { label: 'umbrella', korean: '우산', also: ['brolly'], kinds: ['parasol', 'sunshade', '양산', '파라솔'] },
  {
    label: 'handbag',
    korean: '핸드백',
    also: ['hand bag', 'purse', '손가방'],
    kinds: ['bag', 'tote', 'tote bag', '가방'],
  },
  { label: 'tie', korean: '넥타이', also: ['necktie'], kinds: ['bow tie', '나비넥타이'] },
  { label: 'suitcase', korean: '여행 가방', also: ['luggage', 'baggage', '여행가방', '캐리어', '슈트케이스'] },
  { label: 'frisbee', korean: '프리스비', also: ['flying disc', '원반'] },
  { label: 'skis', korean: '스키', also: ['ski'] },
  { label: 'snowboard', korean: '스노보드', also: ['snow board', '스노우보드'] },
  {
    label: 'sports ball',
    korean: '공',
    also: ['ball'],
    kinds: [
      'football',
      'soccer ball',
      'basketball',
      'tennis ball',
      'baseball',
      'volleyball',
      '축구공',
      '농구공',
      '야구공',
    ],
  },
  { label: 'kite', korean: '연' },
  { label: 'baseball bat', korean: '야구 방망이', also: ['bat', '야구방망이', '야구 배트', '야구배트'] },
  { label: 'baseball glove', korean: '야구 글러브', also: ['baseball mitt', '야구글러브'] },
  { label: 'skateboard', korean: '스케이트보드', also: ['skate board'] },
  { label: 'surfboard', korean: '서핑보드', also: ['surf board', '서프보드', '서핑 보드'] },
  {
    label: 'tennis racket',
    korean: '테니스 라켓',
    also: ['racket', 'tennis racquet', 'racquet', '테니스라켓', '라켓'],
  },
  {
    label: 'bottle',
    korean: '병',
    also: ['flask'],
    kinds: ['water bottle', 'wine bottle', 'beer bottle', '물병', '술병'],
  },
  { label: 'wine glass', korean: '와인잔', also: ['wineglass', '와인 잔'], kinds: ['goblet', 'champagne glass'] },
  {
    label: 'cup',
    korean: '컵',
    also: ['잔'],
    kinds: `mug teacup beaker tumbler 머그 머그잔 머그컵 찻잔 커피잔 커피컵 종이컵 물컵 텀블러`
      .split(' ')
      .concat('coffee cup', 'tea cup', 'coffee mug', 'espresso cup', 'paper cup', '커피 잔', '커피 컵'),
  },
  { label: 'fork', korean: '포크' },
  { label: 'knife', korean: '나이프', also: ['칼'], kinds: ['butter knife', 'kitchen knife', '식칼', '과도'] },
  {
    label: 'spoon',
    korean: '숟가락',
    also: ['스푼', '수저'],
    kinds: ['teaspoon', 'tea spoon', 'coffee spoon', 'tablespoon', '티스푼', '찻숟가락'],
  },
  { label: 'bowl', korean: '그릇', also: ['사발'], kinds: ['salad bowl', 'soup bowl', '국그릇', '밥그릇'] },
  { label: 'banana', korean: '바나나' },
  { label: 'apple', korean: '사과' },
  { label: 'sandwich', korean: '샌드위치', kinds: ['hamburger', 'burger', '햄버거'] },
  { label: 'orange', korean: '오렌지', kinds: ['mandarin', 'tangerine', 'clementine', '귤'] },
  { label: 'broccoli', korean: '브로콜리' },
  { label: 'carrot', korean: '당근' },
  { label: 'hot dog', korean: '핫도그', also: ['hotdog'] },
  { label: 'pizza', korean: '피자', kinds: ['slice of pizza', 'pizza slice'] },
  { label: 'donut', korean: '도넛', also: ['doughnut', '도너츠'] },
  {
    label: 'cake',
    korean: '케이크',
    also: ['케익'],
    kinds: ['cupcake', 'birthday cake', 'cheesecake', '생일 케이크', '컵케이크'],
  },
  {
    label: 'chair',
    korean: '의자',
    kinds: ['armchair', 'stool', 'seat', 'rocking chair', 'office chair', '안락의자', '흔들의자', '스툴'],
  },
  { label: 'couch', korean: '소파', also: ['sofa', 'settee', '쇼파'], kinds: ['loveseat'] },
  {
    label: 'potted plant',
    korean: '화분',
    also: ['pot plant', 'houseplant', 'house plant'],
    kinds: ['plant', 'flowerpot', 'flower pot', 'indoor plant', '식물', '화초'],
  },
  { label: 'bed', korean: '침대' },
  {
    label: 'dining table',
    korean: '식탁',
    also: ['dinner table'],
    kinds: ['table', 'kitchen table', 'coffee table', 'wooden table', 'desk', '테이블', '탁자', '책상'],
  },
  { label: 'toilet', korean: '변기', also: ['lavatory', 'loo'] },
  {
    label: 'tv',
    korean: '텔레비전',
    also: ['television', 'tv set', 'telly', '티비', '티브이'],
    kinds: ['monitor', 'screen', '모니터', '화면'],
  },
  {
    label: 'laptop',
    korean: '노트북',
    also: ['laptop computer', 'notebook computer', '랩톱', '노트북 컴퓨터'],
    kinds: ['macbook'],
  },
  { label: 'mouse', korean: '마우스', also: ['computer mouse'] },
  { label: 'remote', korean: '리모컨', also: ['remote control', 'tv remote', '리모콘'] },
  { label: 'keyboard', korean: '키보드', also: ['computer keyboard', '자판'] },
  {
    label: 'cell phone',
    korean: '휴대폰',
    also: [
      'phone',
      'cellphone',
      'mobile phone',
      'mobile',
      'smartphone',
      'telephone',
      '핸드폰',
      '스마트폰',
      '전화기',
      '폰',
      '전화',
    ],
    kinds: ['iphone', '아이폰'],
  },
  { label: 'microwave', korean: '전자레인지', also: ['microwave oven', '전자렌지'] },
  { label: 'oven', korean: '오븐', also: ['stove', 'cooker'] },
  { label: 'toaster', korean: '토스터', also: ['토스터기'] },
  { label: 'sink', korean: '싱크대', also: ['washbasin', 'basin', '세면대', '개수대'] },
  { label: 'refrigerator', korean: '냉장고', also: ['fridge', 'freezer'] },
  {
    label: 'book',
    korean: '책',
    kinds: ['notebook', 'novel', 'textbook', 'magazine', '공책', '잡지', '교과서', '소설책'],
  },
  { label: 'clock', korean: '시계', also: ['wall clock', '벽시계'], kinds: ['alarm clock', '알람시계'] },
  { label: 'vase', korean: '꽃병', also: ['flower vase', '화병'] },
  { label: 'scissors', korean: '가위', also: ['pair of scissors', 'scissor'] },
  {
    label: 'teddy bear',
    korean: '곰 인형',
    also: ['teddy', '곰인형', '테디베어'],
    kinds: ['stuffed animal', 'plush toy'],
  },
  {
    label: 'hair drier',
    korean: '헤어드라이어',
    also: ['hair dryer', 'hairdryer', 'hairdrier', 'blow dryer', '드라이기'],
  },
  { label: 'toothbrush', korean: '칫솔', also: ['tooth brush'] },
  { label: 'face', korean: '얼굴', also: ['human face', 'visage'] },
];

/** How many of `knownThings`, counted from the first, are the object model's channels. */
export const objectClassCount = 80;

export const knownGroups: readonly KnownGroup[] = [
  {
    name: 'animal',
    korean: '동물',
    also: ['creature', 'beast', '짐승'],
    labels: ['bird', 'cat', 'dog', 'horse', 'sheep', 'cow', 'elephant', 'bear', 'zebra', 'giraffe'],
  },
  { name: 'pet', korean: '반려동물', also: ['애완동물'], labels: ['cat', 'dog', 'bird'] },
  {
    name: 'vehicle',
    korean: '탈것',
    also: ['차량'],
    labels: ['bicycle', 'car', 'motorcycle', 'airplane', 'bus', 'train', 'truck', 'boat'],
  },
  { name: 'fruit', korean: '과일', also: [], labels: ['banana', 'apple', 'orange'] },
  {
    name: 'food',
    korean: '음식',
    also: ['먹을것', '먹을 것'],
    labels: ['banana', 'apple', 'sandwich', 'orange', 'broccoli', 'carrot', 'hot dog', 'pizza', 'donut', 'cake'],
  },
  { name: 'furniture', korean: '가구', also: [], labels: ['bench', 'chair', 'couch', 'bed', 'dining table'] },
  { name: 'cutlery', korean: '식기', also: ['silverware'], labels: ['fork', 'knife', 'spoon'] },
  { name: 'glass', korean: '유리잔', also: ['drinking glass', '유리컵'], labels: ['cup', 'wine glass'] },
];
