/** One everyday message in each of 20 languages, written for these tests, with the script that it is written in. */

/** ISO 639-1 code, script as `textScript` names it, text. */
export const SENTENCES: readonly (readonly [language: string, script: string, text: string])[] = [
  ['en', 'Latin', 'My new card has not arrived yet and I would like to know when I will get it.'],
  ['de', 'Latin', 'Meine neue Karte ist noch nicht angekommen, und ich möchte wissen, wann ich sie bekomme.'],
  ['fr', 'Latin', "Ma nouvelle carte n'est pas encore arrivée et j'aimerais savoir quand je la recevrai."],
  ['es', 'Latin', 'Mi nueva tarjeta todavía no ha llegado y me gustaría saber cuándo la voy a recibir.'],
  ['it', 'Latin', 'La mia nuova carta non è ancora arrivata e vorrei sapere quando la riceverò.'],
  ['pt', 'Latin', 'O meu novo cartão ainda não chegou e eu gostaria de saber quando vou recebê-lo.'],
  ['nl', 'Latin', 'Mijn nieuwe kaart is nog niet aangekomen en ik wil graag weten wanneer ik hem krijg.'],
  ['sv', 'Latin', 'Mitt nya kort har inte kommit än och jag skulle vilja veta när jag får det.'],
  ['pl', 'Latin', 'Moja nowa karta jeszcze nie dotarła i chciałbym wiedzieć, kiedy ją dostanę.'],
  ['tr', 'Latin', 'Yeni kartım henüz gelmedi ve ne zaman alacağımı öğrenmek istiyorum.'],
  ['vi', 'Latin', 'Thẻ mới của tôi vẫn chưa đến và tôi muốn biết khi nào tôi sẽ nhận được nó.'],
  ['ru', 'Cyrillic', 'Моя новая карта ещё не пришла, и я хотел бы узнать, когда я её получу.'],
  ['uk', 'Cyrillic', 'Моя нова картка ще не надійшла, і я хотів би знати, коли я її отримаю.'],
  ['el', 'Greek', 'Η νέα μου κάρτα δεν έχει φτάσει ακόμα και θα ήθελα να μάθω πότε θα την πάρω.'],
  ['ar', 'Arabic', 'لم تصل بطاقتي الجديدة بعد وأود أن أعرف متى سأحصل عليها.'],
  ['he', 'Hebrew', 'הכרטיס החדש שלי עדיין לא הגיע ואני רוצה לדעת מתי אקבל אותו.'],
  ['hi', 'Devanagari', 'मेरा नया कार्ड अभी तक नहीं आया है और मैं जानना चाहता हूँ कि यह कब मिलेगा।'],
  ['zh', 'Han', '我的新卡还没有到，我想知道什么时候可以收到。'],
  ['ja', 'Japanese', '新しいカードがまだ届いていません。いつ受け取れるか知りたいです。'],
  ['ko', 'Hangul', '새 카드가 아직 도착하지 않았는데 언제 받을 수 있는지 알고 싶습니다.'],
];
