"""The words that the studio understands, English and Chinese, as plain data: a meaning and the words for it."""

from __future__ import annotations

Table = dict[str, str]
"""Words are separated by commas; a longer word wins over the shorter ones in it."""

PLACES: Table = {
    "kitchen": "kitchen, kitchen counter, 厨房",
    "bathroom": "bathroom, bathroom shelf, washstand, spa, 浴室, 卫生间, 洗手台",
    "bedroom": "bedroom, bed linen, bedside, 卧室, 床品, 床头",
    "living-room": "living room, lounge, sofa, 客厅, 沙发",
    "desk": "desk, workspace, home office, 书桌, 办公桌, 书房",
    "cafe": "café, cafe, coffee shop, coffee bar, 咖啡馆, 咖啡厅, 咖啡店",
    "loft": "loft, concrete loft, warehouse, 阁楼, 工业风, 厂房",
    "gallery": "gallery, marble gallery, museum, 画廊, 美术馆, 展厅",
    "laboratory": "laboratory, lab, 实验室",
    "gym": "gym, fitness studio, 健身房",
    "beach": "beach, seaside, seashore, 海滩, 沙滩, 海边",
    "pool": "pool, swimming pool, poolside, 泳池, 游泳池",
    "snow": "snow, snowy landscape, winter landscape, snowfall, frost, 霜, 雪地, 雪景, 雪山, 雪",
    "forest": "forest, forest floor, woodland, 森林, 树林, 林地",
    "garden": "garden, orchard, 花园, 庭院, 果园",
    "autumn": "autumn leaves, fallen leaves, fall foliage, 秋叶, 落叶, 枫叶",
    "blossom": "blossom, cherry blossom, spring blossom, 樱花, 花枝, 桃花",
    "desert": "desert, dune, sand dune, 沙漠, 沙丘",
    "terrace": "terrace, balcony, rooftop, patio, 露台, 阳台, 天台",
    "clouds": "cloud, pastel sky, 云朵, 云端, 云海",
    "mountains": "mountain, rocks, stone pedestal, rock pedestal, 群山, 高山, 岩石",
    "christmas": "christmas, xmas, festive, 圣诞, 圣诞节, 节日",
    "lunar-new-year": "lunar new year, chinese new year, spring festival, 春节, 农历新年, 新年",
    "ramadan": "ramadan, eid, 斋月, 开斋节",
    "valentine": "valentine, valentine's day, 情人节, 七夕",
    "halloween": "halloween, 万圣节",
    "singles-day": "singles' day, singles day, double eleven, 11.11, 双十一, 双11",
    "black-friday": "black friday, 黑色星期五, 黑五",
    "black-mirror": "black mirror, glossy black, black glass, mirror floor, 黑镜, 镜面, 亮黑",
    "velvet": "velvet, velvet curtain, drapery, stage curtain, 丝绒, 天鹅绒, 帷幕, 幕布",
    "paper-cut": "paper-cut, paper cut, papercut, cut-paper, colour block, color block, 剪纸, 纸艺, 撞色",
}
"""The sets. A row of `settings.SETTINGS` says what each is made of."""

NOT_PLACES: Table = {
    "thing": (
        "beach bag, beach towel, beach ball, beach house, desk lamp, desk light, gym bag, gym towel, kitchen knife, "
        "kitchen towel, kitchen paper, garden tool, garden hose, garden chair, bathroom scale, pool of light, "
        "pool table, forest honey, forest fruit, mountain bike, snow boot, snow globe, frost white, cloud of, "
        "lab coat, christmas tree stand, velvet ribbon, spa gift, 沙滩包, 沙滩巾, 台灯, 健身包"
    ),
}
"""Things that are named after a place and do not ask for it."""

SEASONS: Table = {
    "spring": "spring, springtime, 春天, 春季, 春日",
    "summer": "summer, summertime, 夏天, 夏季, 夏日",
    "autumn": "autumn, fall colours, fall colors, 秋天, 秋季, 秋日",
    "winter": "winter, wintertime, 冬天, 冬季, 冬日",
    "christmas": "christmas colours, christmas colors, christmas palette, 圣诞配色",
    "lunar-new-year": "lunar new year colours, lunar new year palette, 新年配色, 春节配色",
    "ramadan": "ramadan colours, ramadan palette, 斋月配色",
    "valentine": "valentine colours, valentine palette, 情人节配色",
    "halloween": "halloween colours, halloween palette, 万圣节配色",
}
"""Palettes for the times of the year, see `palette.SEASONS`."""

STANDS: Table = {
    "cafe-table": "café table, cafe table, round table, bistro table, 小圆桌, 圆桌",
    "stump": "tree stump, stump, log slice, 树桩, 木桩",
    "rock": "rock, boulder, stone pedestal, rock pedestal, 岩石, 石台",
    "tray": "tray, 托盘",
    "slab": "slab, low block, 石板, 平台",
    "sill": "window sill, windowsill, window ledge, 窗台",
    "stepped": "stepped podium, stepped plinth, stepped, tiered, two-tier, 阶梯展台, 多层展台, 双层, 叠层",
    "steps": "steps, stairs, staircase, stairway, 台阶, 楼梯, 阶梯",
    "block": "block, cube, square podium, square plinth, 方台, 方形展台, 立方体, 方块, 石块",
    "round": "round podium, podium, plinth, pedestal, cylinder, disc, 圆台, 圆形展台, 展台, 底座, 基座",
    "table": "table top, tabletop, table, desk, countertop, counter, worktop, 桌面, 桌子, 餐桌, 台面",
    "floor": "seamless, cyclorama, infinity cove, bare floor, 无缝背景, 无影墙",
}

TIMES: Table = {
    "day": "broad daylight, daytime, by day, high-key, 白天, 白昼",
    "neon": "neon, cyberpunk, 霓虹",
    "night": "night, midnight, moonlight, candlelight, after dark, 夜晚, 夜景, 夜间, 夜色, 月光",
    "golden": "golden hour, sunset, dusk, evening, late afternoon, 黄昏, 日落, 傍晚, 金色时刻, 夕阳",
    "noon": "noon, midday, hard sun, bright sun, 正午, 中午, 烈日",
    "morning": "morning, sunrise, dawn, breakfast, 早晨, 清晨, 晨光, 早上",
}

SIDES: Table = {
    "left": (
        "from the left, from left, left light, left-hand light, window on the left, 从左, 左侧光, 左侧来光, "
        "左光, 来自左"
    ),
    "right": (
        "from the right, from right, right light, right-hand light, window on the right, 从右, 右侧光, "
        "右侧来光, 右光, 来自右"
    ),
    "above": "from above, overhead, top light, toplight, 从上方, 顶光, 来自上方",
}

SHADOWS: Table = {
    "window": (
        "window shadow, window light, shadow of a window, shadow of the window, shadow of its frame, window frame, "
        "窗影, 窗户的影子, 窗光, 窗格"
    ),
    "leaves": ("leaf shadow, palm shadow, shadow of leaves, botanical shadow, dappled, 叶影, 树影, 树叶的影子, 斑驳"),
}

EXTRAS: Table = {
    "arch": "arch, arches, arched, archway, niche, alcove, 拱门, 拱形, 拱, 壁龛",
    "spheres": "sphere, ball, orb, 球体, 圆球, 球",
    "vase": "vase, 花瓶, 陶罐",
    "leaves": (
        "eucalyptus, leaf, leaves, foliage, greenery, branch, sprig, plant, 桉树, 尤加利, 树叶, 叶子, 绿植, 枝叶"
    ),
    "bokeh": "bokeh, fairy lights, string lights, holiday lights, 光斑, 散景, 彩灯, 灯串",
}

SURFACES: Table = {
    "marble": "marble, 大理石",
    "terrazzo": "terrazzo, 水磨石",
    "wood": "wood, wooden, oak, walnut, timber, ash wood, 木质, 木头, 实木, 橡木, 胡桃木, 木",
    "linen": "linen, fabric, cloth, canvas cloth, 亚麻, 棉麻, 布料, 布",
    "sand": "sand, 沙地, 沙子, 细沙",
    "water": "water, ripples, 水面, 水波, 水",
    "plaster": "plaster, stucco, limewash, clay, microcement, 灰泥, 石膏, 微水泥",
    "concrete": "concrete, cement, 混凝土, 水泥",
    "tiles": "tiles, tile, tiled, metro tile, backsplash, 瓷砖, 砖墙",
    "mosaic": "mosaic, 马赛克",
    "stone": "stone, slate, granite, 石头, 石材, 板岩",
    "moss": "moss, 苔藓, 青苔",
    "mirror": "mirrored, high-gloss, polished acrylic, 亮面",
    "paint": "paint, painted, matt, matte, paper backdrop, 油漆, 哑光, 乳胶漆",
}

THINGS: Table = {
    "wall": "wall, backdrop, background, 墙面, 墙壁, 墙, 背景",
    "floor": (
        "floor, ground, table top, tabletop, table, desk, countertop, counter, worktop, sill, window sill, "
        "windowsill, 地面, 地板, 桌面, 桌子, 餐桌, 台面, 窗台"
    ),
    "stand": (
        "stepped podium, round podium, rock, boulder, slab, tray, stump, podium, plinth, pedestal, "
        "block, cube, steps, stairs, staircase, stand, 圆台, 圆形展台, 展台, 底座, 基座, 方台, 台阶, 楼梯, 方块"
    ),
    "arch": "arch, arches, niche, alcove, 拱门, 拱形, 壁龛",
    "props": "sphere, ball, vase, prop, accent, 球体, 圆球, 球, 花瓶, 道具, 点缀",
    "product": "product, 产品, 商品",
}

COLOURS: Table = {
    "#ffffff": "pure white, snow white, snow-white, 纯白, 雪白",
    "#f4f1ec": "white, 白色, 白",
    "#f3ead9": "ivory, cream, off-white, 米白, 奶油色, 象牙白",
    "#e6d8c3": "beige, oat, ecru, 米色, 杏色",
    "#dcc4a0": "sand, sandy, 沙色, 沙",
    "#cdb394": "khaki, taupe, 卡其, 驼色",
    "#c9855c": "caramel, camel, 焦糖",
    "#c8694a": "terracotta, burnt orange, rust, 陶土, 赤陶, 砖红, 铁锈红",
    "#e8804b": "orange, apricot, 橙色, 橘色",
    "#f2a98c": "peach, salmon, coral, 桃色, 珊瑚",
    "#ecc0bb": "pink, blush, 粉色, 粉红, 裸粉",
    "#d9a5a0": "dusty rose, rose, 玫瑰色, 豆沙",
    "#b8323a": "red, crimson, scarlet, 红色, 大红, 中国红, 红",
    "#6d2233": "burgundy, wine red, maroon, 酒红, 勃艮第",
    "#f0c24b": "yellow, mustard, 黄色, 芥末黄",
    "#d0a24c": "gold, ochre, 金色, 赭石",
    "#a9b79b": "sage green, sage, 鼠尾草绿, 鼠尾草, 灰绿",
    "#7c8a52": "olive, moss, 橄榄绿, 苔绿",
    "#bfe0cf": "mint, 薄荷绿, 薄荷",
    "#4f8a5f": "green, 绿色, 绿",
    "#23483a": "emerald, forest green, dark green, deep green, 墨绿, 深绿, 森林绿",
    "#2f7f86": "teal, turquoise, 青色, 孔雀蓝, 蓝绿",
    "#a9cbe0": "sky blue, light blue, pale blue, baby blue, 天蓝, 浅蓝, 淡蓝",
    "#3f6fb0": "blue, cobalt, 蓝色, 蓝",
    "#1f2f52": "navy, dark blue, midnight blue, 深蓝, 藏青, 海军蓝",
    "#b9a7d6": "lavender, lilac, 薰衣草, 淡紫, 浅紫",
    "#6b4a9a": "purple, violet, 紫色, 紫",
    "#7a5238": "brown, chocolate, 棕色, 咖啡色, 巧克力",
    "#b9b7b3": "grey, gray, 灰色, 灰",
    "#4a4a4c": "charcoal, dark grey, dark gray, graphite, 炭灰, 深灰",
    "#1d1d1f": "black, 黑色, 黑",
}

FILLERS = (
    "about, above, across, after, again, against, all, along, also, and, any, are, around, away, back, before, "
    "behind, below, beside, between, both, but, can, close, down, each, edge, empty, even, every, far, few, for, "
    "from, front, full, half, has, have, her, here, high, his, how, into, its, just, keep, large, left, less, "
    "like, little, long, low, many, middle, mood, more, most, much, near, new, not, off, old, one, only, open, "
    "other, our, out, over, part, place, quiet, right, room, round, same, seen, set, several, short, side, "
    "simple, small, soft, some, stands, still, such, than, that, the, their, them, then, there, these, they, "
    "thing, this, those, through, tiny, top, two, under, until, upper, use, very, warm, was, way, well, what, "
    "when, where, which, while, wide, will, with, without, you, your"
)
"""Words of English that say nothing about a set, or not enough."""

ELSEWHERE: Table = {
    "kitchen": "küche, cuisine, cocina, cucina, keuken",
    "bathroom": "badezimmer, salle de bain, bagno, baño, badkamer",
    "bedroom": "schlafzimmer, chambre, dormitorio, slaapkamer",
    "living room": "wohnzimmer, salon, salón, soggiorno, woonkamer",
    "desk": "schreibtisch, bureau, escritorio, scrivania",
    "beach": "strand, plage, playa, spiaggia",
    "snow": "schnee, verschneit, neige, nieve, neve, sneeuw",
    "forest": "wald, forêt, bosque, bosco, foresta",
    "garden": "garten, jardin, jardín, giardino, tuin",
    "autumn leaves": "herbst, laub, automne, otoño, autunno, herfst",
    "blossom": "blüte, fleurs, flores, fiori, bloesem",
    "desert": "wüste, désert, desierto, deserto, woestijn",
    "terrace": "terrasse, balkon, terraza, terrazza",
    "clouds": "wolke, nuage, nube, nuvol",
    "mountains": "berge, gebirge, montagne, montaña",
    "christmas": "weihnacht, advent, noël, navidad, natale, kerst",
    "spring": "frühling, frühjahr, printemps, primavera, lente",
    "summer": "sommer, verano, estate, zomer",
    "winter": "hiver, invierno, inverno",
    "podium": "podest, sockel, podio, piédestal",
    "table": "tisch, tavol, mesa, tafel",
    "window sill": "fensterbank, fensterbrett, fenêtre, ventana, finestra, vensterbank",
    "tree stump": "baumstumpf, souche, tocón",
    "golden hour": "abendlicht, abendsonne, goldene, goldenes, coucher, atardecer, tramonto",
    "morning": "morgen, matin, mañana, mattin, ochtend",
    "night": "nacht, nuit, noche, notte",
    "marble": "marmor, marbre, mármol, marmo",
    "wood": "holz, eiche, bois, madera, legno, hout",
    "linen": "leinen, lino",
    "plaster": "putz, gips, plâtre, yeso, gesso",
    "stone": "stein, pierre, piedra, pietra, steen",
    "sand": "sandig, sable, arena, sabbia",
    "wall": "wand, mauer, pared, muro, muur",
}
"""The studio's words in German, French, Spanish, Italian and Dutch, by what they begin with: it speaks none of these,
but it can say what was meant."""

PALETTE = r"(?:\bpalette\b|配色|色板)[:：]?\s*(?:#[0-9a-f]{6}\b[\s,，、]*)+"
"""The colours of a brand's palette serve where nothing else decides about colours."""

ASIDE = r"\bmood\b[^.;\n]*|\b(?:like|as in|as if)\b[^,.;\n]*|(?:氛围|情绪)[^。；;\n]*|(?:像|如同|仿佛)[^，。；,;\n]*"
"""A mood or a comparison names no set: "calm, like a gallery"."""

NEGATIONS = r"\b(?:no|without|not|never|avoid)\b[^,.;\n]*|(?:没有|不要|不含|无(?!缝|影))[^，。；,.;\n]*"
"""What follows these words, up to the next comma or full stop, is not wanted."""
