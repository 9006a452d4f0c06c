/** 与户主关系 */
export const RELATIONS: Readonly<Record<string, readonly string[]>> = {
  户主: ['户主', '本人'],
  ...Object.fromEntries('配偶 夫 妻 子 女 儿子 女儿 孙子 孙女 父 母 祖父 祖母 兄弟 姐妹 儿媳 女婿 其他'.split(' ').map((word) => [word, []])),
};

/** 绑定方式, as in the language of events. */
export const LINKAGES: Readonly<Record<string, readonly string[]>> = {
  MEMBER: ['成员', '社员', '入社'],
  ORDER: ['订单', '订单收购', '合同'],
  LABOUR: ['务工', '劳务'],
  LEASE: ['土地流转', '流转', '租赁', '租地'],
  EQUITY: ['土地入股', '入股', '股份'],
  TRUSTEESHIP: ['托管', '全托管', '半托管'],
};

/** 作物 */
export const CROPS: Readonly<Record<string, readonly string[]>> = {
  设施蔬菜: ['设施蔬菜', '蔬菜', '大棚菜'],
  桃: ['桃', '桃树', '蜜桃'],
  ...Object.fromEntries('西瓜 葡萄 草莓 小麦 玉米 花生 梨 苹果'.split(' ').map((word) => [word, []])),
};
