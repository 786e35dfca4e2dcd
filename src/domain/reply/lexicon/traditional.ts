// Each character as Hong Kong, Macau and Taiwan write it, followed by the one of the mainland, in which the patterns are.
const PAIRS =
  "匯汇轉转帳账賬账貨货費费發发單单據据還还沒没會会將将準准備备計计劃划預预爭争證证盡尽馬马時时統统擬拟後后個个號号內内請请騷骚擾扰聯联繫系郵邮訊讯訂订閱阅刪删問问詢询說说釋释確确認认麼么嗎吗為为與与約约報报價价數数稅税質质損损壞坏實实際际產产資资債债權权組组負负責责離离職职調调錯错經经辦办財财務务審审簽签領领導导總总監监門门見见從从過过紅红貸贷額额緊紧張张難难壓压緩缓寬宽長长幾几週周運运營营復复覆复補补傳传開开關关電电結结繳缴歸归檢检驗验對对應应該该這这兩两來来們们處处無无給给誰谁於于購购萬万億亿煩烦謝谢業业員员條条遲迟進进達达讓让錢钱貴贵訴诉訟讼執执聲声願愿協协議议變变換换頭头題题項项繼继續续詳详細细爾尔屬属層层構构閉闭";
const SIMPLIFIED = new Map(PAIRS.match(/../gu)!.map((pair) => [pair[0]!, pair[1]!] as const));

/** Chinese text in the characters of the mainland, as far as debtors' words go. */
export function simplified(text: string): string {
  return text.replace(/[\u4e00-\u9fff]/g, (one) => SIMPLIFIED.get(one) ?? one);
}
