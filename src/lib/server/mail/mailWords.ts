/** The words of the mails, in each language. */
import type { Language } from '../../protocol/languages';
import type { MailWords } from './mailTexts';

const en: MailWords = {
	reset: {
		subject: 'A new password for Skein',
		asked: 'Somebody, probably you, asked for a new password on Skein.',
		many: 'Several accounts have this address. Open the link of the one you mean.',
		more: 'Other accounts have this address too. If yours is not here, ask again, with its username.',
		open: (username) => `To choose a new password for ${username}, open this address:`,
		holds: {
			one: 'The link works once, for half an hour. Afterwards you have to log in again on all your devices.',
			each: 'Each link works once, for half an hour. Afterwards you have to log in again on all your devices.'
		},
		notYou: 'If it was not you, do nothing: your password stays as it is.'
	},
	passwordChanged: {
		subject: 'Your Skein password was changed',
		said: (username) =>
			`The password of ${username} on Skein was changed, and all other devices were logged out.`,
		notYou: 'If it was not you, choose a new one at once:'
	},
	emailChanged: {
		subject: 'Your address was taken off Skein',
		said: 'An account on Skein that had this address has another one now, or none.',
		notYou: 'If it was not you, log in and change your password, or ask whoever runs your Skein.'
	},
	accountDeleted: {
		subject: 'Your Skein account was deleted',
		said: 'An account on Skein that had this address was deleted, with its password. Nobody can log in to it any more.',
		notYou: 'If it was not you, ask whoever runs your Skein: a backup may still have it.'
	}
};

const de: MailWords = {
	reset: {
		subject: 'Ein neues Passwort für Skein',
		asked: 'Jemand, vermutlich du, hat auf Skein ein neues Passwort angefordert.',
		many: 'Mehrere Konten haben diese Adresse. Öffne den Link des Kontos, das du meinst.',
		more: 'Noch andere Konten haben diese Adresse. Wenn deins nicht dabei ist, frag noch einmal, mit seinem Benutzernamen.',
		open: (username) => `Um ein neues Passwort für ${username} zu wählen, öffne diese Adresse:`,
		holds: {
			one: 'Der Link gilt einmal, eine halbe Stunde lang. Danach musst du dich auf allen deinen Geräten neu anmelden.',
			each: 'Jeder Link gilt einmal, eine halbe Stunde lang. Danach musst du dich auf allen deinen Geräten neu anmelden.'
		},
		notYou: 'Wenn du das nicht warst, tu nichts: Dein Passwort bleibt, wie es ist.'
	},
	passwordChanged: {
		subject: 'Dein Skein-Passwort wurde geändert',
		said: (username) =>
			`Das Passwort von ${username} auf Skein wurde geändert, und alle anderen Geräte wurden abgemeldet.`,
		notYou: 'Wenn du das nicht warst, wähle sofort ein neues:'
	},
	emailChanged: {
		subject: 'Deine Adresse wurde von Skein entfernt',
		said: 'Ein Konto auf Skein, das diese Adresse hatte, hat jetzt eine andere oder keine.',
		notYou:
			'Wenn du das nicht warst, melde dich an und ändere dein Passwort, oder frag, wer dein Skein betreibt.'
	},
	accountDeleted: {
		subject: 'Dein Skein-Konto wurde gelöscht',
		said: 'Ein Konto auf Skein, das diese Adresse hatte, wurde gelöscht, mit seinem Passwort. Niemand kann sich mehr damit anmelden.',
		notYou:
			'Wenn du das nicht warst, frag, wer dein Skein betreibt: In einer Sicherung gibt es das Konto vielleicht noch.'
	}
};

/** A name that may run the other way, closed in (UAX #9). */
const closed = (name: string): string => `\u2068${name}\u2069`;

const ar: MailWords = {
	reset: {
		subject: 'كلمة مرور جديدة لـ Skein',
		asked: 'طلب أحدهم، وعلى الأرجح أنت، كلمة مرور جديدة على Skein.',
		many: 'لعدة حسابات هذا العنوان. يُرجى فتح رابط الحساب المقصود.',
		more: 'لحسابات أخرى هذا العنوان أيضًا. إن لم يكن حسابك هنا، فيُرجى الطلب من جديد باسم المستخدم.',
		open: (username) => `لاختيار كلمة مرور جديدة للحساب ${closed(username)}، يُرجى فتح هذا العنوان:`,
		holds: {
			one: 'يصلح الرابط مرة واحدة، لمدة نصف ساعة. ويلزم بعدها تسجيل الدخول من جديد على كل أجهزتك.',
			each: 'يصلح كل رابط مرة واحدة، لمدة نصف ساعة. ويلزم بعدها تسجيل الدخول من جديد على كل أجهزتك.'
		},
		notYou: 'إن لم يكن الطلب منك، فلا يلزم فعل شيء: تبقى كلمة مرورك كما هي.'
	},
	passwordChanged: {
		subject: 'تم تغيير كلمة مرورك على Skein',
		said: (username) =>
			`تم تغيير كلمة مرور الحساب ${closed(username)} على Skein، وسُجّل خروج كل الأجهزة الأخرى.`,
		notYou: 'إن لم يكن ذلك منك، فيُرجى اختيار كلمة مرور جديدة فورًا:'
	},
	emailChanged: {
		subject: 'تمت إزالة عنوانك من Skein',
		said: 'حساب على Skein كان له هذا العنوان صار له عنوان آخر، أو لا عنوان له.',
		notYou: 'إن لم يكن ذلك منك، فيُرجى تسجيل الدخول وتغيير كلمة المرور، أو سؤال من يشغّل Skein لديك.'
	},
	accountDeleted: {
		subject: 'تم حذف حسابك على Skein',
		said: 'حُذف حساب على Skein كان له هذا العنوان، وحُذفت كلمة مروره. لم يعد بإمكان أحد الدخول به.',
		notYou: 'إن لم يكن ذلك منك، فيُرجى سؤال من يشغّل Skein لديك: قد يكون في نسخة احتياطية.'
	}
};

export const mailWords: Readonly<Record<Language, MailWords>> = { en, de, ar };
