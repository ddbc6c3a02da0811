/**
 * What people call things, one kind of thing a line: the English names, the Korean names, and after `<` what it also is
 * ("a parrot is a bird"), after `~` what it may pass for where there is nothing closer ("a mug is a cup"). The first
 * English name is the scenes' own. Ordinary words only: it is a small dictionary, not a list of what cases say.
 */
export const nounsTable = `
person, human, somebody, someone, anybody, anyone, individual, figure | 사람, 인물, 누구, 누군가, 분
man, guy, gentleman, bloke, fellow, dude, chap | 남자, 남성, 아저씨, 사내, 남편, 아빠, 형, 오빠 < person
woman, lady, gal | 여자, 여성, 아주머니, 아줌마, 아가씨, 언니, 누나, 엄마, 아내 < person
boy, lad | 남자아이, 남자애, 소년, 아들, 꼬마 < person, child
girl | 여자아이, 여자애, 소녀, 딸, 꼬마 < person, child
child, kid, toddler, youngster | 아이, 애, 어린이, 꼬마, 애기, 아이들 < person
baby, infant, newborn | 아기, 애기, 갓난아기 < person, child
grandmother, grandma, granny, nan, nana, old woman, old lady | 할머니, 할머님 < person, woman
grandfather, grandpa, grandad, granddad, old man | 할아버지, 할아버님 < person, man
bride | 신부 < person, woman
groom, bridegroom | 신랑 < person, man
pedestrian, passer-by, passerby, bystander, walker | 행인, 보행자, 지나가는 사람 < person
stranger | 낯선 사람, 모르는 사람 < person
player, footballer, athlete | 선수 < person
teacher | 선생님, 교사 < person
student, pupil | 학생 < person
waiter | 웨이터, 종업원, 점원 < person
singer | 가수 < person
dancer | 무용수, 댄서 < person
runner, jogger | 주자, 러너, 달리는 사람 < person
cyclist | 자전거 탄 사람 < person
tourist | 관광객 < person
fisherman, angler | 낚시꾼, 어부 < person
farmer | 농부 < person
chef, cook | 요리사, 셰프 < person
driver | 운전사, 기사, 운전자 < person
model | 모델 < person
photographer | 사진사, 사진작가 < person
couple | 커플, 부부 < person
crowd | 군중, 인파 < person
friend | 친구 < person
surfer | 서퍼 < person
skier | 스키 타는 사람 < person
snowman | 눈사람
face | 얼굴, 낯
head | 머리
hair | 머리카락, 머리칼, 머리
eye | 눈
nose | 코
mouth | 입
lip | 입술
ear | 귀
hand | 손
arm | 팔
leg | 다리
foot, feet | 발
finger | 손가락
beard | 수염
moustache, mustache | 콧수염
pimple, spot, blemish, zit | 여드름, 뾰루지, 잡티
tattoo | 문신, 타투
scarf | 목도리, 스카프, 머플러
hat | 모자 ~ cap
cap | 야구모자, 캡, 모자 ~ hat
helmet | 헬멧, 안전모
crown | 왕관
shirt, blouse | 셔츠, 남방, 블라우스, 와이셔츠 < clothes ~ t-shirt
t-shirt, tee, tshirt | 티셔츠, 티 < clothes, shirt
jacket | 재킷, 자켓, 점퍼, 잠바 < clothes ~ coat
coat | 코트, 외투 < clothes ~ jacket
sweater, jumper, pullover | 스웨터, 니트 < clothes
hoodie | 후드티, 후드 < clothes
dress, gown | 원피스, 드레스 < clothes
skirt | 치마, 스커트 < clothes
jeans | 청바지, 데님 < clothes, trousers
trousers, pants | 바지 < clothes
shorts | 반바지 < clothes, trousers
suit | 정장, 양복, 슈트 < clothes
uniform | 유니폼, 교복, 제복 < clothes
apron | 앞치마 < clothes
hanbok | 한복 < clothes, dress
tie, necktie | 넥타이
bow tie, bowtie | 나비넥타이
belt | 벨트, 허리띠
glove, mitten | 장갑
sock | 양말
shoe | 신발, 구두, 단화
sneaker, trainer, running shoe | 운동화, 스니커즈, 신발 < shoe
boot | 부츠, 장화, 신발 < shoe
sandal | 샌들, 신발 < shoe
slipper, flip-flop | 슬리퍼, 실내화 < shoe
heel, high heel | 하이힐, 구두 < shoe
glasses, spectacles | 안경
sunglasses, shades | 선글라스, 썬글라스, 안경 ~ glasses
watch, wristwatch | 시계, 손목시계
ring | 반지, 링
necklace | 목걸이
earring | 귀걸이, 귀고리
bracelet | 팔찌
brooch | 브로치
jewel, gem | 보석
handbag, purse, pocketbook | 핸드백, 가방, 손가방, 백 < bag
bag, tote, tote bag | 가방, 백
backpack, rucksack | 배낭, 백팩, 가방, 책가방 < bag
suitcase, luggage, trunk | 여행가방, 캐리어, 트렁크, 가방 < bag
wallet | 지갑
plastic bag, carrier bag | 비닐봉지, 비닐봉투, 봉지 < bag
paper bag | 종이봉투, 종이가방, 쇼핑백 < bag
umbrella, brolly | 우산
parasol, beach umbrella | 파라솔, 양산 ~ umbrella
walking stick, cane | 지팡이
stroller, pram, pushchair, buggy | 유모차
wheelchair | 휠체어
animal, creature | 동물, 짐승
pet | 반려동물, 애완동물 < animal
dog, puppy, doggy, doggie, pup | 개, 강아지, 멍멍이, 댕댕이, 애견 < animal, pet
puppy, pup | 강아지, 새끼 강아지, 개 < animal, dog
cat, kitty, kitten | 고양이, 냥이, 야옹이 < animal, pet
kitten, kitty | 새끼 고양이, 아기 고양이, 고양이 < animal, cat
rabbit, bunny | 토끼 < animal
hamster | 햄스터 < animal
mouse | 쥐, 생쥐, 마우스 < animal
horse | 말 < animal
pony | 조랑말, 망아지 < animal, horse
donkey | 당나귀 < animal
cow, cattle | 소, 젖소, 암소 < animal
bull | 황소, 소 < animal
sheep | 양 < animal
lamb | 어린 양, 새끼 양, 양 < animal, sheep
goat | 염소 < animal
pig, piglet | 돼지 < animal
deer | 사슴 < animal
fox | 여우 < animal
wolf | 늑대 < animal
bear | 곰 < animal
teddy bear, teddy | 곰인형, 테디베어, 곰돌이, 인형 < toy, doll
squirrel | 다람쥐, 청설모 < animal
hedgehog | 고슴도치 < animal
lion | 사자 < animal
tiger | 호랑이 < animal
elephant | 코끼리 < animal
giraffe | 기린 < animal
zebra | 얼룩말 < animal
monkey | 원숭이 < animal
panda | 판다, 팬더 < animal
camel | 낙타 < animal
kangaroo | 캥거루 < animal
koala | 코알라 < animal
turtle, tortoise | 거북이, 거북 < animal
frog, toad | 개구리 < animal
snake | 뱀 < animal
lizard | 도마뱀 < animal
fish | 물고기, 생선, 고기 < animal
goldfish | 금붕어, 물고기 < animal, fish
shark | 상어 < animal, fish
whale | 고래 < animal
dolphin | 돌고래 < animal
crab | 게, 꽃게 < animal
shrimp, prawn | 새우
octopus | 문어
jellyfish | 해파리
starfish | 불가사리
seashell, shell | 조개, 조개껍데기, 조가비, 소라
bird | 새 < animal
parrot | 앵무새, 새 < animal, bird
pigeon, dove | 비둘기, 새 < animal, bird
seagull, gull | 갈매기, 새 < animal, bird
crow, raven | 까마귀, 새 < animal, bird
magpie | 까치, 새 < animal, bird
sparrow | 참새, 새 < animal, bird
robin | 울새, 새 < animal, bird
duck | 오리 < animal, bird
duckling | 새끼 오리, 아기 오리, 오리 < animal, bird, duck
goose | 거위 < animal, bird
swan | 백조, 고니 < animal, bird
chicken, hen | 닭, 암탉 < animal, bird
chick | 병아리 < animal, bird
rooster, cockerel | 수탉, 닭 < animal, bird
owl | 부엉이, 올빼미 < animal, bird
eagle, hawk | 독수리, 매 < animal, bird
penguin | 펭귄 < animal, bird
flamingo | 홍학, 플라밍고 < animal, bird
peacock | 공작, 공작새 < animal, bird
heron | 왜가리 < animal, bird
insect, bug | 벌레, 곤충 < animal
bee | 벌, 꿀벌 < animal, insect
butterfly | 나비 < animal, insect
ladybird, ladybug | 무당벌레 < animal, insect
ant | 개미 < animal, insect
fly | 파리 < animal, insect
spider | 거미 < animal, insect
dragonfly | 잠자리 < animal, insect
snail | 달팽이 < animal
birdhouse, bird house, nest box | 새집
bird cage, birdcage, cage | 새장, 우리
nest | 둥지
kennel, doghouse | 개집
leash, lead | 목줄, 리드줄
collar | 목줄, 목걸이, 칼라
bone | 뼈다귀, 뼈
fish tank, aquarium | 어항, 수조
tree | 나무, 수목
pine tree, pine | 소나무, 나무 < tree
palm tree, palm | 야자수, 야자나무, 나무 < tree
christmas tree | 크리스마스트리, 크리스마스 트리, 트리 < tree
cherry tree, cherry blossom | 벚나무, 벚꽃, 나무 < tree
bush, shrub | 덤불, 관목, 수풀
hedge | 울타리, 생울타리, 산울타리
branch, twig, bough | 나뭇가지, 가지
log | 통나무
stump, tree stump | 그루터기
leaf, leaves | 잎, 나뭇잎, 이파리, 낙엽
grass | 풀, 잔디
lawn | 잔디밭, 잔디
weed | 잡초
plant, houseplant, pot plant, potted plant | 식물, 화초, 화분
cactus, succulent | 선인장 < plant
flower, bloom, blossom | 꽃
rose | 장미, 장미꽃, 꽃 < flower
tulip | 튤립, 꽃 < flower
daisy | 데이지, 꽃 < flower
sunflower | 해바라기, 꽃 < flower
lily | 백합, 꽃 < flower
orchid | 난초, 난, 꽃 < flower
dandelion | 민들레, 꽃 < flower
carnation | 카네이션, 꽃 < flower
lotus | 연꽃, 꽃 < flower
petal, flower petal | 꽃잎
bouquet, bunch of flowers | 꽃다발, 부케 ~ flower
wreath | 화환, 리스, 화관
flowerpot, plant pot, flower pot, pot, planter | 화분
vase | 꽃병, 화병
watering can | 물뿌리개, 물조리개
mushroom, toadstool | 버섯
pumpkin | 호박
fruit | 과일
apple | 사과 < fruit
orange | 오렌지, 귤 < fruit
tangerine, mandarin | 귤, 감귤 < fruit
banana | 바나나 < fruit
lemon | 레몬 < fruit
lime | 라임 < fruit
strawberry | 딸기 < fruit
grape, grapes | 포도 < fruit
peach | 복숭아 < fruit
pear | 배 < fruit
plum | 자두 < fruit
cherry | 체리, 버찌 < fruit
watermelon | 수박 < fruit
melon | 멜론, 참외 < fruit
pineapple | 파인애플 < fruit
mango | 망고 < fruit
kiwi | 키위 < fruit
persimmon | 감 < fruit
blueberry | 블루베리 < fruit
avocado | 아보카도 < fruit
vegetable, veg | 채소, 야채
tomato | 토마토 < vegetable
potato | 감자 < vegetable
carrot | 당근 < vegetable
onion | 양파 < vegetable
pepper | 고추, 파프리카, 피망, 후추 < vegetable
cucumber | 오이 < vegetable
cabbage, lettuce | 배추, 양배추, 상추 < vegetable
corn | 옥수수 < vegetable
garlic | 마늘 < vegetable
radish | 무 < vegetable
food | 음식, 먹을 거
bread, loaf | 빵, 식빵 < food
toast | 토스트 < food, bread
bun, roll | 번, 빵 < food, bread
croissant | 크루아상, 크로와상, 빵 < food, bread
bagel | 베이글 < food, bread
sandwich | 샌드위치 < food
burger, hamburger | 햄버거, 버거 < food
hot dog | 핫도그 < food
pizza | 피자 < food
pasta, spaghetti | 파스타, 스파게티 < food
noodle, noodles | 국수, 면 < food
rice | 밥 < food
soup | 국, 수프, 스프 < food
steak | 스테이크 < food
egg | 달걀, 계란 < food
cheese | 치즈 < food
salad | 샐러드 < food
kimchi | 김치 < food
rice cake | 떡 < food
dumpling | 만두 < food
sushi | 초밥, 스시 < food
chip, fries, french fries | 감자튀김 < food
cake | 케이크, 케익 < food
cupcake, muffin | 컵케이크, 머핀 < food, cake
pie | 파이 < food
pancake | 팬케이크 < food
waffle | 와플 < food
cookie, biscuit | 쿠키, 과자, 비스킷 < food
donut, doughnut | 도넛, 도너츠 < food
candy, sweet | 사탕, 캔디 < food
lollipop | 막대사탕, 사탕 < food
chocolate | 초콜릿, 초콜렛 < food
ice cream, ice cream cone | 아이스크림 < food
popcorn | 팝콘 < food
macaron | 마카롱 < food
candle | 초, 양초, 촛불
candlestick, candle holder | 촛대
cup | 컵, 잔
mug | 머그컵, 머그, 머그잔, 컵, 잔 ~ cup
teacup, tea cup | 찻잔, 잔, 컵 < cup
coffee cup | 커피잔, 커피컵, 컵, 잔 < cup
paper cup, takeaway cup | 종이컵, 컵 < cup
glass, drinking glass, tumbler | 유리잔, 유리컵, 잔, 컵, 글라스 ~ cup
wine glass | 와인잔, 포도주잔, 잔 < glass
coffee | 커피
tea | 차
juice | 주스, 쥬스
milk | 우유
water | 물
wine | 와인, 포도주
beer | 맥주
bottle | 병, 물병
water bottle | 물병, 생수병, 병 < bottle
wine bottle, bottle of wine | 와인병, 병 < bottle
perfume bottle, perfume | 향수병, 향수, 병 < bottle
can, tin | 캔, 깡통
jar | 유리병, 단지, 병, 항아리
jug, pitcher | 주전자, 물병, 피처
teapot | 찻주전자, 주전자, 티포트
kettle | 주전자, 전기주전자, 포트 ~ teapot
coffee machine, coffee maker | 커피머신, 커피 머신
saucer | 받침, 컵받침, 받침접시, 잔받침, 찻잔 받침 ~ plate
coaster | 컵받침, 코스터
plate, dish | 접시, 그릇
bowl | 그릇, 사발, 볼, 대접
tray | 쟁반, 트레이
spoon | 숟가락, 스푼, 수저
teaspoon | 찻숟가락, 티스푼, 숟가락 < spoon
fork | 포크
knife | 칼, 나이프
chopstick, chopsticks | 젓가락
napkin, serviette | 냅킨, 휴지
straw | 빨대
pan, frying pan | 프라이팬, 후라이팬, 팬
saucepan, cooking pot | 냄비
cutting board, chopping board | 도마
oven | 오븐
microwave | 전자레인지, 전자렌지
fridge, refrigerator | 냉장고
toaster | 토스터, 토스터기
blender | 믹서기, 블렌더
sink | 싱크대, 세면대
tap, faucet | 수도꼭지
dishwasher | 식기세척기
washing machine | 세탁기
table | 탁자, 테이블, 식탁, 상
desk | 책상, 데스크 ~ table
dining table | 식탁, 테이블 < table
coffee table | 커피 테이블, 탁자, 테이블 < table
counter, worktop | 카운터, 조리대, 계산대
chair | 의자
armchair | 안락의자, 소파, 의자 < chair
stool | 스툴, 의자, 걸상
bench | 벤치, 긴의자, 의자
sofa, couch, settee | 소파, 쇼파
bed | 침대
crib, cot | 아기침대, 요람, 침대
pillow | 베개, 쿠션
cushion | 쿠션, 방석
blanket, throw | 담요, 이불, 블랭킷
towel | 수건, 타월
shelf | 선반
bookshelf, bookcase | 책장, 책꽂이, 선반 < shelf
cupboard, cabinet | 찬장, 수납장, 캐비닛, 장
wardrobe, closet | 옷장, 장롱
drawer, chest of drawers, dresser | 서랍, 서랍장
mirror | 거울
lamp | 램프, 조명, 스탠드, 전등, 등
table lamp, desk lamp | 탁상등, 스탠드, 램프 < lamp
floor lamp | 플로어 램프, 스탠드, 램프 < lamp
light, light bulb, bulb | 조명, 전구, 불빛, 전등
chandelier | 샹들리에
curtain, drape | 커튼
blind | 블라인드
rug, carpet | 러그, 카펫, 양탄자, 깔개
floor mat, mat | 매트, 바닥 매트, 깔개
doormat | 현관 매트, 발매트, 매트, 도어매트
tablecloth | 식탁보, 테이블보
picture frame, frame | 액자, 사진틀
painting, picture | 그림, 액자
poster | 포스터, 벽보
photo, photograph | 사진
clock | 시계, 벽시계
alarm clock | 알람시계, 자명종, 시계 < clock
calendar | 달력
fan | 선풍기, 부채
heater, radiator | 난로, 히터, 라디에이터
air conditioner | 에어컨
fireplace | 벽난로
basket | 바구니, 광주리
laundry basket | 빨래바구니, 빨래통, 바구니 < basket
hanger, coat hanger, clothes hanger | 옷걸이, 행거
iron | 다리미
vacuum cleaner, vacuum, hoover | 청소기
broom | 빗자루
mop | 대걸레
bucket, pail | 양동이, 바께스, 버킷, 통
soap | 비누
toothbrush | 칫솔
toothpaste | 치약
comb, brush, hairbrush | 빗, 브러시, 솔
lipstick | 립스틱
toilet | 변기
bathtub, bath | 욕조
shower | 샤워기
tissue box, tissue, tissues | 휴지, 휴지곽, 티슈
trash can, bin, rubbish bin, garbage can, dustbin, waste bin, wastebasket, litter bin, trash bin | 쓰레기통, 휴지통
bin, trash can, rubbish bin, garbage can, dustbin, wheelie bin | 쓰레기통, 휴지통, 통
rubbish, trash, garbage, litter, rubbish bag, trash bag, bin bag | 쓰레기, 쓰레기봉투, 쓰레기 봉지
box, carton, cardboard box, crate | 상자, 박스, 곽
crate | 나무상자, 상자, 박스 ~ box
ring box, jewellery box | 반지함, 반지 상자, 반지 케이스, 상자, 보석함 < box
gift, present, gift box | 선물, 선물상자
parcel, package | 소포, 택배, 택배상자, 상자
envelope | 봉투, 편지봉투
letter | 편지
mailbox, letterbox, letter box, postbox, post box | 우편함, 우체통, 편지함
book | 책, 도서
notebook, notepad | 공책, 노트, 수첩
magazine | 잡지
newspaper, paper | 신문, 신문지
paper, sheet | 종이, 용지
receipt | 영수증
map | 지도
pen | 펜, 볼펜
pencil | 연필
crayon | 크레용, 크레파스
marker | 마커, 매직
eraser, rubber | 지우개
ruler | 자
scissors | 가위
tape | 테이프
stapler | 스테이플러
paint, paintbrush | 물감, 붓, 페인트
pencil case | 필통
globe | 지구본
computer | 컴퓨터
laptop, notebook computer | 노트북, 랩톱, 컴퓨터 ~ computer
monitor | 모니터, 화면 ~ screen
screen, display | 화면, 스크린, 모니터
keyboard | 키보드, 자판
computer mouse, mouse | 마우스
tablet, ipad | 태블릿, 아이패드
phone, mobile phone, smartphone, cellphone, mobile, cell phone, telephone | 휴대폰, 핸드폰, 폰, 전화기, 스마트폰, 전화
charger | 충전기
cable, wire, cord | 선, 전선, 케이블, 줄
power line, overhead wire | 전선, 전깃줄
socket, plug | 콘센트, 플러그
headphones, headset | 헤드폰, 헤드셋
earphone, earphones, earbuds | 이어폰
speaker, loudspeaker | 스피커
amplifier, amp | 앰프, 스피커
microphone, mic | 마이크
camera | 카메라, 사진기
tripod | 삼각대
television, tv, telly | 텔레비전, 티비, 테레비, TV
remote control, remote | 리모컨, 리모콘
radio | 라디오
printer | 프린터
projector | 프로젝터, 빔
guitar | 기타
piano | 피아노
violin | 바이올린
drum, drums | 드럼, 북
trumpet | 트럼펫, 나팔
flute | 플루트
toy | 장난감
doll | 인형 < toy
robot | 로봇 < toy
block, toy block, building block | 블록, 블럭 < toy
puzzle | 퍼즐
balloon | 풍선
kite | 연
ball | 공, 볼
football, soccer ball | 축구공, 공 < ball
basketball | 농구공, 공 < ball
baseball | 야구공, 공 < ball
tennis ball | 테니스공, 공 < ball
beach ball | 비치볼, 공 < ball
marble | 구슬
dice, die | 주사위
card, playing card | 카드
chess piece | 체스말
racket, racquet | 라켓
bat, baseball bat | 방망이, 배트
goal | 골대
net | 그물, 네트
skateboard | 스케이트보드
surfboard | 서프보드, 서핑보드
snowboard | 스노보드
ski, skis | 스키
sled, sledge | 썰매
scooter, kick scooter | 킥보드, 스쿠터
slide | 미끄럼틀
swing | 그네
seesaw | 시소
trampoline | 트램펄린
sandcastle | 모래성
tent | 텐트, 천막
sleeping bag | 침낭
fishing rod, fishing pole | 낚싯대, 낚시대
campfire, bonfire | 모닥불, 캠프파이어
fire | 불
lantern | 랜턴, 등불, 호롱
torch, flashlight | 손전등
rope | 밧줄, 줄, 로프
ladder | 사다리
hammer | 망치
screwdriver | 드라이버
spanner, wrench | 렌치, 스패너
saw | 톱
drill | 드릴
shovel, spade | 삽
rake | 갈퀴
lawnmower, lawn mower | 잔디깎이
hose | 호스
wheelbarrow | 손수레, 외바퀴수레
trolley, cart, shopping cart | 카트, 수레, 손수레, 쇼핑카트
barrel | 드럼통, 나무통, 통
vehicle | 차량, 탈것
car, automobile | 차, 자동차, 승용차, 차량 < vehicle
taxi, cab | 택시, 차 < vehicle, car
police car | 경찰차, 차 < vehicle, car
ambulance | 구급차, 앰뷸런스 < vehicle
fire engine, fire truck | 소방차 < vehicle, truck
van | 승합차, 밴, 봉고차, 차 < vehicle ~ car
truck, lorry | 트럭, 화물차, 차 < vehicle
bus | 버스 < vehicle
tram, streetcar | 전차, 트램 < vehicle
train | 기차, 열차, 전철 < vehicle
motorbike, motorcycle, moped | 오토바이 < vehicle
bicycle, bike, cycle, push bike | 자전거 < vehicle
tractor | 트랙터, 경운기 < vehicle
boat | 배, 보트 < vehicle
ship | 배, 선박 < vehicle, boat
sailboat, sailing boat, yacht | 요트, 돛단배, 배 < vehicle, boat
canoe, kayak | 카누, 카약, 배 < vehicle, boat
aeroplane, airplane, plane | 비행기 < vehicle
helicopter | 헬리콥터, 헬기 < vehicle
hot air balloon | 열기구, 기구
drone | 드론
rocket | 로켓
wheel | 바퀴
tyre, tire | 타이어, 바퀴
number plate, license plate, licence plate, plate, registration plate, registration | 번호판, 차 번호, 번호
headlight | 헤드라이트, 전조등
windscreen, windshield | 앞유리
seat, car seat | 좌석, 시트, 카시트
traffic light, traffic lights, stoplight | 신호등
traffic cone, cone | 고깔, 라바콘, 콘, 러버콘, 교통콘
cone, traffic cone | 고깔, 라바콘, 콘, 꼬깔, 러버콘
sign, signboard, shop sign, notice | 간판, 표지판, 팻말, 안내판, 표지
road sign, street sign, traffic sign, stop sign | 도로 표지판, 교통 표지판, 표지판, 팻말 < sign
billboard | 광고판, 전광판, 간판 < sign
banner | 현수막, 배너, 플래카드
flag | 깃발, 국기, 기
logo, brand | 로고, 상표, 마크
label, tag, price tag, sticker | 라벨, 꼬리표, 가격표, 스티커, 딱지
sticker | 스티커, 딱지
text, writing, lettering, words | 글자, 글씨, 문구, 텍스트
date stamp, timestamp, date | 날짜, 날짜 표시
phone number, telephone number | 전화번호, 번호, 연락처
name tag, name badge, badge | 명찰, 이름표, 배지, 뱃지
watermark | 워터마크
name, name plate | 이름, 문패, 명패
address | 주소
barcode | 바코드
graffiti | 낙서, 그라피티
stain, smudge, mark, blotch | 얼룩, 자국, 때
scratch | 흠집, 스크래치, 긁힌 자국, 기스
crack | 금, 균열
shadow | 그림자
reflection | 반사, 비친 모습
dust | 먼지
puddle | 웅덩이, 물웅덩이
lamp post, lamppost, street lamp, streetlight, street light, streetlamp | 가로등, 가로등 기둥
pole, post | 기둥, 막대, 봉, 장대
utility pole, telegraph pole, telephone pole | 전봇대, 전신주
fire hydrant, hydrant | 소화전
parking meter | 주차미터기
manhole | 맨홀
bus stop, bus shelter | 버스 정류장, 정류장, 버스정류장
station | 역
street, road | 길, 거리, 도로, 길거리
road | 도로, 길, 찻길
path, footpath | 길, 오솔길, 산책로
pavement, sidewalk | 인도, 보도
kerb, curb | 연석, 도로 턱, 경계석
crossing, crosswalk, zebra crossing | 횡단보도
bridge | 다리, 교량
tunnel | 터널
fence | 울타리, 담장, 펜스
gate | 대문, 문, 게이트
wall | 벽, 담, 담벼락
brick wall | 벽돌 벽, 벽, 담 < wall
door, front door | 문, 현관문, 대문
window | 창문, 창, 유리창
roof | 지붕
chimney | 굴뚝
balcony | 발코니, 베란다
stairs, staircase, steps, step | 계단
floor | 바닥, 마루
ceiling | 천장
column, pillar | 기둥
house, home | 집, 주택
building | 건물, 빌딩
apartment, apartment building, flat, block of flats | 아파트, 건물 < building
skyscraper | 고층빌딩, 빌딩, 건물 < building
office | 사무실, 사무실 건물
shop, store | 가게, 상점, 매장, 점포
restaurant | 식당, 레스토랑
cafe, coffee shop | 카페, 커피숍
school | 학교
classroom | 교실
stand, holder, base | 받침대, 거치대, 스탠드, 받침
parasol stand, parasol base, umbrella stand | 파라솔 받침대, 파라솔 받침, 받침대 < stand
hospital | 병원
church, cathedral | 교회, 성당
temple | 절, 사원
castle, palace | 성, 궁전, 궁
tower | 탑, 타워
lighthouse | 등대
windmill | 풍차
warehouse | 창고, 물류창고
garage | 차고, 창고
barn | 헛간, 외양간, 창고
shed | 창고, 헛간
greenhouse | 온실
hut, cabin | 오두막
pagoda | 정자, 탑
statue, sculpture | 동상, 조각상, 석상
fountain | 분수, 분수대
well | 우물
monument | 기념비
grave, gravestone | 무덤, 묘, 비석
playground | 놀이터
park | 공원
garden | 정원, 뜰
field | 들판, 밭, 들
farm | 농장
market stall, stall | 노점, 가판대, 좌판
tent, marquee | 텐트, 천막
scarecrow | 허수아비
hay bale, hay | 건초, 건초더미
mannequin, dummy | 마네킹
stage | 무대
screen door | 방충망
whiteboard | 화이트보드, 칠판 ~ blackboard
blackboard, chalkboard | 칠판
sky | 하늘
cloud | 구름
sun | 해, 태양
moon | 달
star | 별
rainbow | 무지개
sea, ocean | 바다
beach | 해변, 바닷가, 백사장, 모래사장
sand | 모래
wave | 파도
island | 섬
lake | 호수
pond | 연못
river, stream | 강, 개울, 시내
waterfall | 폭포
pool, swimming pool | 수영장, 풀장
mountain | 산
hill | 언덕, 동산
forest, woods | 숲
rock | 바위, 돌, 암석
stone, pebble | 돌, 자갈, 돌멩이 ~ rock
cliff | 절벽
cave | 동굴
snow | 눈
ice | 얼음
buoy | 부표
anchor | 닻
pier, jetty, dock | 부두, 선착장, 잔교
lifebuoy, life ring, lifebelt | 구명튜브, 튜브
tube, swim ring | 튜브
deckchair, beach chair, sun lounger | 비치체어, 해변 의자, 의자 ~ chair
hammock | 해먹
picnic basket | 피크닉 바구니, 바구니 < basket
thermos, flask | 보온병, 텀블러
lunch box, lunchbox | 도시락, 도시락통
medal | 메달
trophy | 트로피
coin | 동전
money, banknote, note | 돈, 지폐
key | 열쇠, 키
lock, padlock | 자물쇠
lighter | 라이터
cigarette | 담배
ashtray | 재떨이
mask, face mask | 마스크, 가면
pill, medicine | 약, 알약
bandage, plaster | 반창고, 밴드, 붕대
ribbon, bow | 리본
button | 단추, 버튼
thread, yarn, wool | 실, 털실
needle | 바늘
zip, zipper | 지퍼
button hole | 단춧구멍
earmuff | 귀마개
veil | 면사포, 베일
circle | 원, 동그라미
square | 사각형, 정사각형, 네모
triangle | 세모, 삼각형
rectangle | 직사각형, 사각형, 네모 ~ square
heart | 하트, 심장
`;
